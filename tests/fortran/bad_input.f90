! What a program may get wrong: an error, never a crash, a truncation or a request that was not meant.
!
!     bad_input CREDENTIALS
program bad_input
  use, intrinsic :: iso_c_binding, only: c_f_pointer, c_int8_t, c_loc, c_null_char
  use b2handle
  use checks
  implicit none (type, external)

  character(*), parameter :: NAME = "21.T12345/EXAMPLE"
  integer, parameter :: INVALID = int(B2H_INVALID_ARGUMENT)

  call objects_that_are_not_there()
  call owners_that_are_gone()
  call objects_that_move()
  call texts()
  call lists()
  call numbers()
  call options()
  call ways_to_fail()
  print "(a)", "OK"

contains

  subroutine objects_that_are_not_there()
    type(b2h_client) :: client
    type(b2h_config) :: config
    type(b2h_cursor) :: cursor
    type(b2h_cancel) :: token
    type(b2h_key) :: key, other
    type(b2h_profile) :: profile
    type(b2h_values) :: values
    type(b2h_record) :: record
    type(b2h_location) :: location
    type(b2h_handle), allocatable :: handles(:)
    type(b2h_finding), allocatable :: findings(:)
    type(b2h_stats) :: stats
    type(b2h_error) :: error
    integer(c_int8_t), allocatable :: bytes(:)
    character(:), allocatable :: text
    integer :: turn

    ! Never made, and freed, are the same.
    do turn = 1, 2
      call client%get_value(NAME, "URL", text, error=error)
      call failed(error, INVALID, "client")
      call client%delete_handle(NAME, error=error)
      call failed(error, INVALID, "client")
      call client%stats(stats, error=error)
      call failed(error, INVALID, "client")
      call client%check(findings, error=error)
      call failed(error, INVALID, "client")
      call check(.not. allocated(findings), "there are no findings")
      call cursor%next(client, handles, error=error)
      call failed(error, INVALID, "client")
      call key%to_pem(text, error=error)
      call failed(error, INVALID, "key")
      call key%to_handle(bytes, error=error)
      call failed(error, INVALID, "key")
      call key%public(other, error=error)
      call failed(error, INVALID, "key")
      call same(key%algorithm(), "")
      call check(key%bits() == 0, "no key has no bits")
      call profile%fill(filled=values, error=error)
      call failed(error, INVALID, "profile")
      call same(profile%name(), "")
      call check(profile%count() == 0 .and. .not. profile%is_mandatory(1), "no profile has no placeholders")
      call same(profile%placeholder(1), "")
      call check(values%count() == 0, "no values")
      call values%set_ttl(1, error=error)
      call failed(error, INVALID, "no value")
      call token%trigger()
      call check(.not. token%is_triggered(), "there is no token")
      call check(record%find("URL") == 0 .and. record%find_index(1) == 0, "nothing was read")
      call same(record%text("URL"), "")
      call same(location%attribute("href"), "")
      if (turn == 2) exit

      call client%from_json(argument(1))
      call client%list_open("21.T12345", cursor)
      call token%create()
      call token%trigger()
      call profile%built_in("eudat-v1")
      call client%free()
      call client%free()
      call cursor%free()
      call cursor%free()
      call config%free()
      call key%free()
      call token%free()
      call profile%free()
      call values%free()
      call values%free()
    end do

    ! What failed is not there, even where something was.
    call client%from_json(argument(1))
    call client%from_json("/no/such/file", error=error)
    call failed(error, int(B2H_CONFIG_UNREADABLE), "/no/such/file")
    call client%get_value(NAME, "URL", text, error=error)
    call failed(error, INVALID, "client")
    call client%from_json_text('{"username" "x"}', error=error)
    call failed(error, int(B2H_CONFIG_SYNTAX), "line 1")
  end subroutine objects_that_are_not_there

  subroutine owners_that_are_gone()
    type(b2h_client) :: client
    type(b2h_cursor) :: cursor
    type(b2h_record) :: record
    type(b2h_result), allocatable :: results(:)
    type(b2h_handle), allocatable :: handles(:)
    type(b2h_error) :: error
    character(:), allocatable :: url

    call client%from_json(argument(1))
    call client%register_handle("21.T12345/fortran-bad", "https://example.org/x", options=b2h_options(overwrite=.true.))
    call client%get_record("21.T12345/fortran-bad", record)
    call client%get_records(["21.T12345/fortran-bad", "21.T12345/fortran-non"], results)
    call client%list_handles("21.T12345", handles)
    call client%list_open("21.T12345", cursor)
    call client%free()
    url = record%text("URL")
    call same(url, "https://example.org/x")
    call same(results(1)%record%text("URL"), url)
    call failed(results(2)%error, int(B2H_HANDLE_NOT_FOUND), "fortran-non")
    call check(handles(1)%name /= "", "the name of what was found")
    call cursor%next(client, handles, error=error)
    call failed(error, INVALID, "client")
    call client%from_json(argument(1))
    call cursor%next(client, handles)
    call check(size(handles) > 0, "the cursor goes on with another client")
  end subroutine owners_that_are_gone

  !> What is moved stays what it is, and is no copy.
  subroutine objects_that_move()
    type :: holder
      type(b2h_values) :: values
    end type holder
    type(b2h_values), allocatable :: list(:), moved(:)
    type(holder) :: full, empty

    allocate (list(2))
    call list(2)%add_text("URL", "https://example.org/")
    call move_alloc(list, moved)
    call moved(2)%add_text("URL", "https://example.org/")
    call check(moved(2)%count() == 2, "both texts are there")
    call full%values%add_text("URL", "https://example.org/")
    full = empty
    call check(full%values%count() == 0, "the list is empty")
    call full%values%add_text("URL", "https://example.org/")
  end subroutine objects_that_move

  subroutine texts()
    type(b2h_client) :: client
    type(b2h_config) :: config
    type(b2h_values) :: values
    type(b2h_key) :: key
    type(b2h_handle), allocatable :: handles(:)
    type(b2h_error) :: error
    character(:), allocatable :: nothing, text
    character(3), parameter :: CUT = "a"//c_null_char//"b"
    logical :: exists

    call client%from_json(argument(1))
    ! Not allocated (gfortran warns of one that never was), and missing.
    nothing = "something"
    deallocate (nothing)
    call client%get_value(nothing, "URL", text, error=error)
    call failed(error, INVALID, "The argument handle is missing")
    call client%get_value(NAME, text=text, error=error)
    call failed(error, INVALID, "The argument type is missing")
    call client%register_handle(NAME, nothing, error=error)
    call failed(error, INVALID, "The argument url is missing")
    call client%from_json(nothing, error=error)
    call failed(error, INVALID, "The argument path is missing")
    call b2h_generate_name(nothing, text, error=error)
    call failed(error, INVALID, "The argument prefix is missing")
    call check(.not. b2h_name_equal(nothing, nothing), "nothing is no name")
    call client%from_json(argument(1))
    ! Where a text need not be there, not allocated means absent.
    call client%search_handles(["URL"], ["x"], handles, prefix=nothing)
    call check(size(handles) == 0, "nothing has this URL")

    ! Empty, or only blanks.
    call client%get_value("", "URL", text, error=error)
    call failed(error, int(B2H_INVALID_HANDLE), "")
    call client%delete_handle("      ", error=error)
    call failed(error, int(B2H_INVALID_HANDLE), "")
    call client%handle_exists("21.T12345/", exists, error=error)
    call failed(error, int(B2H_INVALID_HANDLE), "")
    call client%delete_handle("21.T12345/", error=error)
    call failed(error, int(B2H_INVALID_HANDLE), "")
    call b2h_generate_name("", text, error=error)
    call failed(error, int(B2H_INVALID_HANDLE), "")
    call client%from_json("", error=error)
    call failed(error, int(B2H_CONFIG_UNREADABLE), "")
    call client%from_json(argument(1))

    ! NUL inside, and at the end as C has it: never the text before it.
    call client%delete_handle("21.T12345/fortran-bad"//c_null_char//"2", error=error)
    call failed(error, INVALID, "The argument handle has the character NUL")
    call client%delete_handle("21.T12345/fortran-bad"//c_null_char, error=error)
    call failed(error, INVALID, "The argument handle has the character NUL")
    call client%handle_exists("21.T12345/fortran-bad", exists)
    call check(exists, "the Handle was not deleted")
    call client%modify_value("21.T12345/fortran-bad", "URL", CUT, error=error)
    call failed(error, INVALID, "The argument value has the character NUL")
    call values%add_text("URL", CUT, keep_blanks=.true., error=error)
    call failed(error, INVALID, "The argument text has the character NUL")
    call check(values%count() == 0, "no value was added")
    call config%set("password", CUT, error=error)
    call failed(error, INVALID, "The argument value has the character NUL")
    call key%read("/nowhere", passphrase=CUT, error=error)
    call failed(error, INVALID, "The argument passphrase has the character NUL")
    call client%search_handles(["URL"], ["x"], handles, prefix=CUT, error=error)
    call failed(error, INVALID, "The argument prefix has the character NUL")
    call check(.not. b2h_name_equal("21.T12345/a"//c_null_char, "21.T12345/a"), "NUL is in no name")

    ! Not UTF-8.
    call client%get_value("21.T12345/"//char(255), "URL", text, error=error)
    call failed(error, INVALID, "UTF-8")
    ! Too large.
    call client%modify_value("21.T12345/fortran-bad", "URL", repeat("x", 2**20 + 1), error=error)
    call failed(error, int(B2H_VALUE_TOO_LARGE), "")
    call client%get_value("21.T12345/fortran-bad", "URL", text)
    call same(text, "https://example.org/x")
  end subroutine texts

  subroutine lists()
    type(b2h_client) :: client
    type(b2h_values) :: values
    type(b2h_record) :: record
    type(b2h_result), allocatable :: results(:)
    type(b2h_handle), allocatable :: handles(:)
    type(b2h_error) :: error
    character(10), allocatable :: nothing(:)
    character(20) :: names(2)
    integer, allocatable :: no_indexes(:)
    integer :: count

    call client%from_json(argument(1))
    call client%get_records(nothing, results)
    call check(size(results) == 0, "no names, no results")
    call client%get_records([character(1) ::], results)
    call check(size(results) == 0, "no names, no results")
    call client%get_values(NAME, record, nothing, no_indexes, error=error)
    call failed(error, INVALID, "")
    call client%search_handles(nothing, nothing, handles, error=error)
    call failed(error, INVALID, "")
    call client%search_handles(["URL"], nothing, handles, error=error)
    call failed(error, INVALID, "different sizes")
    call client%add_locations(NAME, ["x"], ["weight"], nothing, error=error)
    call failed(error, INVALID, "different sizes")
    ! What is no name keeps no others back.
    names(1) = NAME(:10)//c_null_char
    names(2) = NAME
    call client%get_records(names, results)
    call check(results(1)%status == INVALID .and. results(2)%status == B2H_OK, "one of two is a name")
    call client%delete_values(NAME, names, count, error=error)
    call failed(error, INVALID, "The argument types has the character NUL")
    ! A DELETE without indexes would delete the Handle.
    call client%delete_values("21.T12345/fortran-bad", nothing, count)
    call check(count == 0, "no types, nothing deleted")
    call client%delete_values_at("21.T12345/fortran-bad", [integer ::], count)
    call check(count == 0, "no indexes, nothing deleted")
    call client%register_values(NAME, values, error=error)
    call failed(error, INVALID, "empty")
    call client%put_values(NAME, values, error=error)
    call failed(error, INVALID, "empty")
    call client%get_record("21.T12345/fortran-bad", record)
    call check(size(record%values) == 2, "the Handle is as it was")
  end subroutine lists

  subroutine numbers()
    type(b2h_client) :: client
    type(b2h_values) :: values
    type(b2h_handle), allocatable :: handles(:)
    type(b2h_cursor) :: cursor
    type(b2h_result), allocatable :: results(:)
    type(b2h_error) :: error
    character(:), allocatable :: text

    call client%from_json(argument(1))
    call values%add_text("URL", "x", index=-1, error=error)
    call failed(error, int(B2H_INVALID_VALUE), "")
    call client%list_handles("21.T12345", handles, limit=-1, error=error)
    call failed(error, INVALID, "limit")
    call client%list_open("21.T12345", cursor, page_size=-5, error=error)
    call failed(error, INVALID, "page_size")
    call client%get_records([NAME], results, concurrency=-1, error=error)
    call failed(error, INVALID, "concurrency")
    call b2h_name_from_text("21.T12345", "url", "x", text, version=4, error=error)
    call failed(error, INVALID, "version")
    call b2h_permissions_format(-1, text, error=error)
    call failed(error, INVALID, "")
    call same(b2h_status_str(-7), "unknown status")
  end subroutine numbers

  subroutine options()
    type(b2h_client) :: client
    type(b2h_cancel), target :: token
    type(b2h_error) :: error
    character(:), allocatable :: text

    call client%from_json(argument(1))
    call client%get_value(NAME, "URL", text, options=b2h_options(timeout_ms=-1), error=error)
    call failed(error, INVALID, "negative")
    call client%get_value(NAME, "URL", text, options=b2h_options(cancel=token), error=error)
    call failed(error, INVALID, "cancel token")
    call token%create()
    call token%free()
    call client%get_value(NAME, "URL", text, options=b2h_options(cancel=token), error=error)
    call failed(error, INVALID, "cancel token")
    call not_initialised(client)
  end subroutine options

  !> Memory that nobody has initialised, as a PRIVATE variable of OpenMP is with gfortran 12.
  subroutine not_initialised(client)
    type(b2h_client), intent(in) :: client
    integer, target :: memory(100)
    type(b2h_options), pointer :: options
    type(b2h_error) :: error

    memory = 0
    call c_f_pointer(c_loc(memory), options)
    options%overwrite = .true.
    call client%register_handle(NAME, "https://example.org/other", options=options, error=error)
    call failed(error, INVALID, "never initialised")
  end subroutine not_initialised

  subroutine ways_to_fail()
    type(b2h_client) :: client
    type(b2h_error) :: error
    character(:), allocatable :: text, errmsg
    integer :: stat

    call client%from_json(argument(1), stat, errmsg)
    call check(stat == B2H_OK .and. .not. allocated(errmsg), "nothing is said of a success")
    call client%get_value("21.T12345/fortran-non", "URL", text, stat=stat, errmsg=errmsg, error=error)
    call check(stat == B2H_HANDLE_NOT_FOUND .and. error%status == stat, "two ways to say it")
    call same(errmsg, error%message)
    call client%get_value("21.T12345/fortran-bad", "URL", text, stat=stat, errmsg=errmsg, error=error)
    call check(stat == B2H_OK .and. error%status == B2H_OK .and. errmsg /= "", "errmsg stays, as in the language")
    call same(error%message, "")
  end subroutine ways_to_fail
end program bad_input
