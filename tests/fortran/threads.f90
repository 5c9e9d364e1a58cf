! One client for all threads of OpenMP, each with the stack that it has by default:
!
!     threads CREDENTIALS THREADS TURNS
program threads
  use b2handle
  use checks
  use omp_lib, only: omp_set_num_threads
  implicit none (type, external)
  integer :: count, turns

  count = number(2)
  turns = number(3)
  call omp_set_num_threads(count)
  call work()
  print "(a)", "OK"

contains

  integer function number(place)
    integer, intent(in) :: place
    character(:), allocatable :: text

    text = argument(place)
    read (text, *) number
  end function number

  subroutine work()
    type(b2h_client) :: client
    type(b2h_values) :: shared
    integer :: turn

    call client%from_json(argument(1))
    call shared%add_text("URL", "https://example.org/")
    !$omp parallel do schedule(dynamic)
    do turn = 1, turns
      call once(client, shared, turn)
    end do
    !$omp end parallel do
  end subroutine work

  subroutine once(client, shared, turn)
    type(b2h_client), intent(in) :: client
    type(b2h_values), intent(in) :: shared
    integer, intent(in) :: turn
    type(b2h_client) :: own
    type(b2h_values) :: values
    type(b2h_record) :: record
    type(b2h_error) :: error
    character(:), allocatable :: text, errmsg, again
    character(30) :: handle
    integer :: stat

    write (handle, "(a, i0)") "21.T12345/thread-", turn
    call values%add_text("NUMBER", handle)
    call client%register_values(handle, shared)
    call client%modify_values(handle, values)
    call client%get_record(handle, record)
    call same(record%text("NUMBER"), trim(handle))
    call client%get_value(handle, "NOTHING", text, stat=stat, errmsg=errmsg)
    call check(stat == B2H_VALUE_NOT_FOUND .and. index(errmsg, trim(handle)) > 0, "the message is of this Handle")
    call client%get_value(handle, "NOTHING", text, error=error)
    call same(error%handle, trim(handle))
    call b2h_name_from_text("21.T12345", "url", handle, text)
    call b2h_name_from_text("21.T12345", "url", trim(handle), again)
    call same(text, again)
    call own%from_json(argument(1))
    call own%delete_handle(handle)
  end subroutine once
end program threads
