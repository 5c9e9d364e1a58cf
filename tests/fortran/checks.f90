! What the Fortran test programs share. A failed check says what, and ends the program.
module checks
  use b2handle
  implicit none (type, external)
  private
  public :: check, same, failed, argument

contains

  subroutine check(holds, what)
    logical, intent(in) :: holds
    character(*), intent(in) :: what

    if (.not. holds) error stop "not so: "//what
  end subroutine check

  !> The same to the last blank.
  subroutine same(text, expected)
    character(*), intent(in) :: text, expected

    if (text /= expected .or. len(text) /= len(expected)) &
      error stop "expected '"//expected//"', got '"//text//"'"
  end subroutine same

  !> A call failed as it should, and its message has these words.
  subroutine failed(error, status, words)
    type(b2h_error), intent(in) :: error
    integer, intent(in) :: status
    character(*), intent(in) :: words

    if (error%status /= status) error stop "expected "//b2h_status_str(status)//", got " &
      //b2h_status_str(error%status)//": "//error%message
    call check(index(error%message, words) > 0, "'"//words//"' in '"//error%message//"'")
  end subroutine failed

  function argument(number) result(text)
    integer, intent(in) :: number
    character(:), allocatable :: text
    integer :: length

    call get_command_argument(number, length=length)
    allocate (character(length) :: text)
    call get_command_argument(number, text)
  end function argument
end module checks
