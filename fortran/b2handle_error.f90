! Why a call failed, and how a program is told.
module b2handle_error
  use, intrinsic :: iso_c_binding, only: c_int32_t, c_null_ptr, c_ptr
  use b2handle_c
  use b2handle_text, only: from_c
  implicit none (type, external)
  private
  public :: b2h_error, call_outcome, error_from_c

  !> Why a call failed. Plain data: it can be copied and kept.
  type :: b2h_error
    !> B2H_OK, or another of the B2H_ constants: what stat says.
    integer :: status = B2H_OK
    !> Such as 404; 0 where there was no reply.
    integer :: http_status = 0
    !> The response code of the Handle protocol, such as 100 for "handle not found"; 0 where the reply had none.
    integer :: response_code = 0
    !> The same call may succeed later without any change.
    logical :: retryable = .false.
    !> The change may have taken effect although the call failed. Read the Handle before repeating the call.
    logical :: in_doubt = .false.
    !> What happened, to which Handle, and what to do about it; "" where the call did not fail.
    character(:), allocatable :: message
    !> Such as "register_handle"; "" where the failure was not in an operation on a Handle.
    character(:), allocatable :: operation
    !> The Handle that the call was about; "" where there was none.
    character(:), allocatable :: handle
  end type b2h_error

  !> What has become of a call so far. Once it has failed, C is not called any more.
  type :: call_outcome
    integer(c_int32_t) :: status = B2H_OK
    !> What C says.
    type(c_ptr) :: error = c_null_ptr
    !> What was found before C was asked.
    character(:), allocatable :: problem
  contains
    procedure :: good
    procedure :: refuse
    procedure :: explain
    procedure :: report
    procedure, private :: why
  end type call_outcome

contains

  recursive pure logical function good(self)
    class(call_outcome), intent(in) :: self

    good = self%status == B2H_OK
  end function good

  !> The call is not made: an argument cannot be given to C. The first problem counts.
  recursive subroutine refuse(self, problem)
    class(call_outcome), intent(inout) :: self
    character(*), intent(in) :: problem

    if (.not. self%good()) return
    self%status = B2H_INVALID_ARGUMENT
    self%problem = problem
  end subroutine refuse

  !> The message, for errmsg. As in the language, that changes only after a failure. (It is not optional here, and
  !> report() does not do this: gfortran 12 loses the length of an optional text that is handed on as an optional one.)
  recursive subroutine explain(self, errmsg)
    class(call_outcome), intent(in) :: self
    character(:), allocatable, intent(inout) :: errmsg
    type(b2h_error) :: why

    if (self%good()) return
    why = self%why()
    errmsg = why%message
  end subroutine explain

  !> Ends a call: tells the program by what it has given for that, and ends the program where it has given nothing.
  recursive subroutine report(self, stat, error)
    class(call_outcome), intent(inout) :: self
    integer, intent(out), optional :: stat
    type(b2h_error), intent(out), optional :: error
    type(b2h_error) :: why

    why = self%why()
    call b2h_error_free_(self%error)
    self%error = c_null_ptr
    if (present(stat)) stat = why%status
    if (present(error)) error = why
    if (present(stat) .or. present(error) .or. self%good()) return
    error stop "libb2handle: "//why%message
  end subroutine report

  recursive function why(self) result(error)
    class(call_outcome), intent(in) :: self
    type(b2h_error) :: error

    error = error_from_c(self%error)
    error%status = int(self%status)
    if (allocated(self%problem)) error%message = self%problem
  end function why

  !> A copy of an error that C owns.
  recursive function error_from_c(c_error) result(error)
    type(c_ptr), intent(in) :: c_error
    type(b2h_error) :: error

    error%status = int(b2h_error_status_(c_error))
    error%http_status = int(b2h_error_http_status_(c_error))
    error%response_code = int(b2h_error_response_code_(c_error))
    error%retryable = b2h_error_retryable_(c_error) /= 0
    error%in_doubt = b2h_error_in_doubt_(c_error) /= 0
    error%message = from_c(b2h_error_message_(c_error))
    error%operation = from_c(b2h_error_operation_(c_error))
    error%handle = from_c(b2h_error_handle_(c_error))
  end function error_from_c
end module b2handle_error
