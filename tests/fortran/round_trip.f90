! Everything that a Fortran program can ask for, once:
!
!     round_trip CREDENTIALS KEYS FOLDER
program round_trip
  use, intrinsic :: iso_c_binding, only: c_int8_t, c_int64_t
  use b2handle
  use checks
  implicit none (type, external)

  ! UTF-8, byte by byte: an umlaut, Greek, a character beyond the first plane.
  character(*), parameter :: STRANGE = "gr"//char(195)//char(188)//"n "//char(206)//char(187)//" " &
    //char(240)//char(159)//char(141)//char(141)

  ! In a subroutine: what a main program declares is not finalized.
  call names()
  call settings()
  call records()
  call many()
  call lists_of_users()
  call locations()
  call finding()
  call keys()
  call profiles()
  call cancelling()
  print "(a)", "OK"

contains

  subroutine connect(client)
    type(b2h_client), intent(inout) :: client

    call client%from_json(argument(1))
  end subroutine connect

  subroutine names()
    character(:), allocatable :: name, again, prefix, suffix, url, text
    character(60) :: padded
    integer :: index, permissions, stat

    call same(b2h_library_version(), B2H_VERSION_STRING)
    call check(b2h_library_version_number() == B2H_VERSION_NUMBER, "the version is a number")
    call same(b2h_status_str(B2H_HANDLE_NOT_FOUND), "handle not found")

    call b2h_generate_name("21.T12345", name)
    call check(len(name) == 10 + 36, "a UUID")
    ! The UUID of version 3 that Python makes of the same (uuid.uuid3(uuid.NAMESPACE_URL, ...)).
    call b2h_name_from_text("21.T12345", "url", "run.1", name, version=3)
    call same(name, "21.T12345/15725522-706f-3d44-955e-8bae0e9f8387")
    padded = "run.1"
    call b2h_name_from_text("21.T12345", "url", padded, again, version=3)
    call same(again, name)
    call b2h_name_from_text("21.T12345", "url", padded, again, version=3, keep_blanks=.true.)
    call check(again /= name, "blanks that are kept count")
    call b2h_name_from_text("21.T12345", "url", "run.1", name)
    call same(name, "21.T12345/bb6e668b-d171-5549-b75a-666ed01c20e4")

    call b2h_name_parse("hdl:300:21.T12345/A%20b", name, prefix, suffix, index, stat=stat)
    call check(stat == B2H_OK, "the name is one")
    call same(name, "21.T12345/A%20b")
    call same(prefix, "21.T12345")
    call same(suffix, "A%20b")
    call check(index == 300, "the index before the name")
    call b2h_name_parse("21.T12345/x", index=index)
    call check(index == 0, "no index before the name")
    call check(b2h_name_equal("hdl:21.t12345/ABC", "21.T12345/abc"), "the same Handle")
    call check(.not. b2h_name_equal("21.T12345/abc", "21.T12345/abd"), "two Handles")
    call b2h_name_to_url("21.T12345/a b", url)
    call same(url, "https://hdl.handle.net/21.T12345/a%20b")
    call b2h_name_to_url("21.T12345/a", url, resolver="https://hdl.example.org")
    call same(url, "https://hdl.example.org/21.T12345/a")

    call b2h_permissions_format(int(B2H_MAY_AS_OWNER), text)
    call same(text, "011111110011")
    call b2h_permissions_parse(text, permissions)
    call check(permissions == B2H_MAY_AS_OWNER, "the permissions of an owner")
    call b2h_permissions_format(int(B2H_MAY_CREATE_HANDLE), text, order=int(B2H_ORDER_BATCH))
    call same(text, "100000000000")
  end subroutine names

  subroutine settings()
    type(b2h_client) :: client, resolver
    type(b2h_config) :: config
    type(b2h_finding), allocatable :: findings(:)
    type(b2h_stats) :: numbers
    character(:), allocatable :: text
    integer :: i, stat

    call connect(client)
    call client%setting("prefix", text)
    call same(text, "21.T12345")
    call client%check(findings)
    call check(size(findings) >= 5, "several findings")
    do i = 1, size(findings)
      if (findings(i)%subject == "server") call check(findings(i)%verdict == B2H_CHECK_GOOD, findings(i)%message)
    end do
    call client%stats(numbers)
    call check(numbers%requests > 0 .and. numbers%connections > 0, "requests were made")

    call client%from_json_text('{"handle_server_url": "https://example.org"}')
    call client%setting("handle_server_url", text)
    call same(text, "https://example.org")
    call client%from_config(config)
    call client%setting("handle_server_url", text)
    call same(text, "https://hdl.handle.net")

    call config%load(argument(1))
    call config%set("timeout_ms", "5000")
    call client%from_config(config)
    call client%setting("timeout_ms", text)
    call same(text, "5000")
    call config%server_key_from_site(text)
    call check(text(:7) == "sha256:" .and. index(text, "BEGIN PUBLIC KEY") > 0, "the key of the server")
    call resolver%from_json(argument(1))
    call resolver%server_key_from_prefix(config, text, prefix="21.T12345", stat=stat)
    ! The prefix of the sandbox names no server.
    call check(stat == B2H_VALUE_NOT_FOUND, "no server is named: "//b2h_status_str(stat))
  end subroutine settings

  subroutine records()
    type(b2h_client) :: client
    type(b2h_values) :: values
    type(b2h_record) :: record, kept
    type(b2h_error) :: error
    character(:), allocatable :: text, registered
    character(*), parameter :: handle = "21.T12345/fortran-"//STRANGE
    character(80) :: padded
    logical :: exists
    integer :: stat, count, place

    call connect(client)
    padded = "https://example.org/"
    call client%register_handle(handle, padded, registered)
    call same(registered, handle)
    call client%register_handle(handle, padded, stat=stat)
    call check(stat == B2H_HANDLE_EXISTS, "a Handle is registered once")
    call client%register_handle(handle, padded, options=b2h_options(overwrite=.true.))
    call client%handle_exists(handle, exists)
    call check(exists, "the Handle exists")
    call client%get_value(handle, "URL", text)
    call same(text, "https://example.org/")

    call client%modify_value(handle, "TITLE", STRANGE//"  ")
    call client%get_value(handle, "title", text)
    call same(text, STRANGE)
    call client%modify_value(handle, "TITLE", STRANGE//"  ", keep_blanks=.true.)
    call client%get_value(handle, "TITLE", text)
    call same(text, STRANGE//"  ")
    call client%modify_value(handle, "TITLE", "", error=error)
    call check(error%status == B2H_OK, "an empty value is one: "//error%message)

    call values%add_bytes("BYTES", int([0, 255, 10] - merge(256, 0, [0, 255, 10] > 127), c_int8_t), index=50)
    call values%set_ttl(60)
    call values%set_permissions("1100")
    call values%add_text("CHECKSUM", "sha256:0123", index=51)
    call values%set_ttl_absolute(2000000000_c_int64_t)
    call values%add_json('[{"type": "JSON", "data": "one", "references": [{"handle": "21.T12345/x", "index": 7}]}]')
    call check(values%count() == 3, "three values")
    call client%modify_values(handle, values)
    call values%free()
    call values%add_text("ABSENT", "x")
    call client%modify_values(handle, values, change=int(B2H_MODIFY_ONLY), stat=stat)
    call check(stat == B2H_VALUE_NOT_FOUND, "nothing is added")

    call client%get_record(handle, record, options=b2h_options(authenticated=.true.))
    call same(record%handle, handle)
    call check(index(record%json, '"responseCode":1,') > 0, "the reply: "//record%json)
    place = record%find("bytes")
    associate (value => record%values(place))
      call check(value%index == 50 .and. .not. value%is_text .and. value%ttl == 60, "the binary value")
      call check(all(value%bytes == int([0, -1, 10], c_int8_t)), "its bytes")
      call same(value%permissions, "1100")
      call same(value%format, "base64")
    end associate
    associate (value => record%values(record%find_index(51)))
      call same(value%type, "CHECKSUM")
      call check(value%ttl == 2000000000 .and. value%ttl_is_absolute, "a ttl that is a date")
      call check(value%timestamp > 0, "when it was written")
    end associate
    associate (value => record%values(record%find("JSON")))
      call check(size(value%references) == 1, "a reference")
      call same(value%references(1)%handle, "21.T12345/x")
      call check(value%references(1)%index == 7, "its index")
    end associate
    call same(record%text("JSON"), "one")
    call same(record%text("NOTHING"), "")
    call check(record%find("URL", nth=2) == 0 .and. record%find_index(99) == 0, "what is not there")
    kept = record
    call client%get_values(handle, record, types=[character(8) :: "URL", "CHECKSUM"], indexes=[100])
    call check(size(record%values) == 3, "three of the values")
    ! What was read is plain data.
    call same(kept%text("CHECKSUM"), record%text("CHECKSUM"))

    call values%free()
    call values%add_text("PUT", "x", index=60)
    call client%put_values(handle, values)
    call client%delete_values(handle, [character(8) :: "PUT", "JSON"], count)
    call check(count == 2, "two values were deleted")
    call client%delete_values_at(handle, [50, 51, 999], count)
    call check(count == 2, "two more were deleted")
    call client%delete_handle(handle)
    call client%get_value(handle, "URL", text, error=error)
    call failed(error, int(B2H_HANDLE_NOT_FOUND), "21.T12345/fortran-")
    call check(.not. allocated(text), "there is no text")
    call check(error%http_status == 404 .and. error%response_code == 100, "what the server said")
    call same(error%operation, "get_value")
    call same(error%handle, handle)
    call check(.not. (error%retryable .or. error%in_doubt), "it would not help to try again")

    call values%free()
    call values%add_text("URL", "https://example.org/")
    call client%register_values("21.T12345/fortran-values", values, options=b2h_options(overwrite=.true.))
    call client%generate_and_register("21.T12345", values, registered)
    call client%delete_handle(registered)
    call client%mint_handle("21.T12345/fortran-", values, registered)
    call check(len(registered) > 18, "the server completed the name")
    call client%delete_handle(registered)
  end subroutine records

  subroutine many()
    type(b2h_client) :: client
    type(b2h_result), allocatable :: results(:)

    call connect(client)
    call client%get_records([character(30) :: "21.T12345/fortran-values", "21.T12345/nobody", "no name"], results, &
      concurrency=2)
    call check(size(results) == 3 .and. count(results%status /= B2H_OK) == 2, "one of three was read")
    call same(results(1)%record%text("URL"), "https://example.org/")
    call failed(results(2)%error, int(B2H_HANDLE_NOT_FOUND), "nobody")
    call failed(results(3)%error, int(B2H_INVALID_HANDLE), "no name")
  end subroutine many

  subroutine lists_of_users()
    type(b2h_client) :: client
    type(b2h_values) :: values
    type(b2h_record) :: record
    character(*), parameter :: handle = "21.T12345/fortran-users"

    call connect(client)
    call values%add_vlist(["300:21.T12345/A", "300:21.T12345/B"], index=200)
    call values%add_admin("300:21.T12345/USER01", "011111110011", index=100)
    call values%add_structured("HS_VLIST", "vlist", '[{"handle": "21.T12345/C", "index": 300}]', index=201)
    call client%register_values(handle, values, options=b2h_options(overwrite=.true.))
    call client%add_to_vlist(handle, 200, "300:21.T12345/NEW")
    call client%remove_from_vlist(handle, 200, "300:21.T12345/A")
    call client%get_record(handle, record)
    associate (users => record%values(record%find_index(200))%text)
      call check(index(users, "21.T12345/NEW") > 0 .and. index(users, "21.T12345/A") == 0, "the users: "//users)
    end associate
  end subroutine lists_of_users

  subroutine locations()
    type(b2h_client) :: client
    type(b2h_values) :: values
    type(b2h_locations) :: found
    character(*), parameter :: handle = "21.T12345/fortran-locations"
    logical :: has
    integer :: count

    call connect(client)
    call values%add_text("URL", "https://example.org/a")
    call values%add_locations([character(25) :: "https://example.org/a", "https://example.org/long"], &
      attribute_names=["weight"], attribute_values=["0.5"])
    call client%register_values(handle, values, options=b2h_options(overwrite=.true.))
    call client%add_locations(handle, ["https://example.org/c"], ["country", "weight "], ["de", "1 "])
    call client%exchange_location(handle, "https://example.org/a", "https://example.org/b")
    call client%has_location(handle, "https://example.org/b", has)
    call check(has, "the new location")
    call client%get_locations(handle, found)
    call check(size(found%list) == 3, "three locations")
    call same(found%list(1)%url, "https://example.org/b")
    call same(found%list(2)%url, "https://example.org/long")
    call same(found%list(3)%attribute("country"), "de")
    call same(found%list(3)%attribute("Country"), "")
    call check(size(found%list(3)%attributes) == 4, "href, id and two more")
    call same(found%chooseby, "")
    call client%remove_locations(handle, ["https://example.org/c", "https://example.org/x"], count)
    call check(count == 1, "one location was removed")
  end subroutine locations

  subroutine finding()
    type(b2h_client) :: client
    type(b2h_cursor) :: cursor
    type(b2h_handle), allocatable :: handles(:)
    integer :: total, all

    call connect(client)
    call client%search_handles(["URL"], ["https://example.org/*"], handles, prefix="21.T12345", &
      options=b2h_options(with_records=.true.))
    call check(size(handles) == 2, "what has the URL")
    call same(handles(1)%record%text("URL"), handles(1)%record%values(handles(1)%record%find("url"))%text)
    call check(b2h_name_equal(handles(1)%name, handles(1)%record%handle), "the record is of that Handle")
    call client%search_open(["URL"], ["*"], cursor, page_size=1)
    total = 0
    do
      call cursor%next(client, handles)
      if (size(handles) == 0) exit
      total = total + size(handles)
    end do
    call check(total >= 2, "pages of a search")
    call client%list_handles("21.T12345", handles)
    all = size(handles)
    call client%list_handles("21.T12345", handles, limit=2)
    call check(size(handles) == 2, "as many as the limit says")
    call client%list_open("21.T12345", cursor, page_size=2)
    total = 0
    do
      call cursor%next(client, handles)
      if (size(handles) == 0) exit
      total = total + size(handles)
    end do
    call check(total == all, "all pages of a listing")
  end subroutine finding

  subroutine keys()
    type(b2h_key) :: key, public, again
    integer(c_int8_t), allocatable :: bytes(:)
    character(:), allocatable :: text, other

    call key%read(argument(2)//"/rsa.pem")
    call same(key%algorithm(), "RSA")
    call same(key%encryption(), "")
    call check(key%bits() > 1000 .and. key%is_private() .and. .not. key%is_locked(), "a private key")
    call check(key%format() /= "", "its format")
    call key%public(public)
    call check(.not. public%is_private(), "a public key")
    call key%fingerprint(text)
    call public%fingerprint(other)
    call same(text, other)
    call key%public_value(bytes)
    call check(size(bytes) > 100, "the data of an HS_PUBKEY value")
    call key%certificate("301:21.T12345/USER01", text)
    call check(index(text, "BEGIN CERTIFICATE") > 0, "a certificate")
    call again%from_bytes(transfer(text, [0_c_int8_t]))
    call again%identity(other)
    call same(other, "301:21.T12345/USER01")
    call key%to_pem(text, passphrase="secret")
    call check(index(text, "ENCRYPTED") > 0, "an encrypted key")
    call again%from_bytes(transfer(text, [0_c_int8_t]))
    call check(again%is_locked(), "no passphrase was given")
    call key%to_handle(bytes, passphrase="secret")
    call b2h_key_save(argument(3)//"/admpriv.bin", bytes)
    call again%read(argument(3)//"/admpriv.bin", "secret")
    call check(again%encryption() /= "" .and. .not. again%is_locked(), "the same key")
  end subroutine keys

  subroutine profiles()
    type(b2h_profile) :: profile
    type(b2h_values) :: values
    type(b2h_error) :: error
    integer :: i, mandatory
    integer :: unit

    call profile%built_in("eudat-v1")
    call check(profile%name() /= "", "its name")
    call check(profile%description() /= "", "what it is for")
    mandatory = 0
    do i = 1, profile%count()
      call check(profile%placeholder(i) /= "", "a placeholder has a name")
      if (profile%is_mandatory(i)) mandatory = mandatory + 1
    end do
    call check(mandatory > 0, "something must be filled")
    call profile%fill(filled=values, error=error)
    call check(error%status == B2H_INVALID_ARGUMENT .and. values%count() == 0, "what is mandatory is missing")
    open (newunit=unit, file=argument(3)//"/profile.json", action="write")
    write (unit, "(a)") '{"values": [{"type": "URL", "data": "https://{HOST}/", "mandatory": true}]}'
    close (unit)
    call profile%load(argument(3)//"/profile.json")
    call profile%fill(["HOST"], ["example.org"], values)
    call check(values%count() == 1, "the profile is filled")
  end subroutine profiles

  subroutine cancelling()
    type(b2h_client) :: client
    type(b2h_cancel), target :: token
    type(b2h_error) :: error
    character(:), allocatable :: text

    call connect(client)
    call token%create()
    call client%get_value("21.T12345/fortran-values", "URL", text, &
      options=b2h_options(timeout_ms=60000, connect_timeout_ms=1000, authoritative=.true., cancel=token))
    call token%trigger()
    call check(token%is_triggered(), "the token is triggered")
    call client%get_value("21.T12345/fortran-values", "URL", text, options=b2h_options(cancel=token), error=error)
    call failed(error, int(B2H_CANCELLED), "")
  end subroutine cancelling
end program round_trip
