! Options of a single call, and what ends a call from elsewhere.
module b2handle_options
  use, intrinsic :: iso_c_binding, only: c_associated, c_int32_t, c_null_ptr, c_ptr, c_sizeof
  use b2handle_c
  use b2handle_arguments, only: take_number
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_object, only: b2h_object
  implicit none (type, external)
  private
  public :: b2h_cancel, b2h_options, take_options

  !> What options have in them that were initialised: gfortran 12 leaves PRIVATE variables of OpenMP as the memory is, and
  !> an overwrite that nobody has set would replace a record.
  integer, parameter :: INITIALISED = 1113730623

  !> A token that ends calls: give it to any number of calls, on any threads, and trigger it from anywhere.
  type, extends(b2h_object) :: b2h_cancel
  contains
    procedure :: create
    procedure :: trigger
    procedure :: is_triggered
    procedure :: free
    procedure, private :: refuse_copy
    generic :: assignment(=) => refuse_copy
    final :: finish
  end type b2h_cancel

  !> Options of a single call. What is not said is as the credentials say it:
  !>
  !>     options=b2h_options(timeout_ms=2000, overwrite=.true.)
  type :: b2h_options
    !> The longest time that the whole call may take, in milliseconds; 0 = the client's.
    integer :: timeout_ms = 0
    !> The longest time that one connection attempt may take, in milliseconds; 0 = the client's.
    integer :: connect_timeout_ms = 0
    !> B2H_OVERWRITE: registering replaces the whole record of a Handle that exists already.
    logical :: overwrite = .false.
    !> B2H_AUTHENTICATED: reading sends the credentials, and so sees values that are not public.
    logical :: authenticated = .false.
    !> B2H_AUTHORITATIVE: reading asks the server's own storage, not a cache.
    logical :: authoritative = .false.
    !> B2H_FORCE_ADMIN: HS_ADMIN values may be changed so that nobody is left who could repair the Handle.
    logical :: force_admin = .false.
    !> B2H_WITH_RECORDS: a search gives the values of the Handles too.
    logical :: with_records = .false.
    !> Ends the call when it is triggered. The token must live as long as the options do.
    type(b2h_cancel), pointer :: cancel => null()
    integer, private :: made = INITIALISED
  end type b2h_options

contains

  !> Options as C has them.
  recursive subroutine take_options(options, c_options, outcome)
    type(b2h_options), intent(in), optional :: options
    type(b2h_call_options), intent(out) :: c_options
    type(call_outcome), intent(inout) :: outcome

    c_options%struct_size = c_sizeof(c_options)
    if (.not. present(options)) return
    if (options%made /= INITIALISED) then
      call outcome%refuse("The argument options was never initialised. (gfortran 12 does not do that for what is PRIVATE in" &
        //" OpenMP: declare it in a block inside the loop.)")
      return
    end if
    if (min(options%timeout_ms, options%connect_timeout_ms) < 0) &
      call outcome%refuse("The argument options has a negative time.")
    call take_number(options%timeout_ms, "options (timeout_ms)", c_options%timeout_ms, outcome)
    call take_number(options%connect_timeout_ms, "options (connect_timeout_ms)", c_options%connect_timeout_ms, outcome)
    c_options%flags = flag(options%overwrite, B2H_OVERWRITE) + flag(options%authenticated, B2H_AUTHENTICATED) &
      + flag(options%authoritative, B2H_AUTHORITATIVE) + flag(options%force_admin, B2H_FORCE_ADMIN) &
      + flag(options%with_records, B2H_WITH_RECORDS)
    if (.not. associated(options%cancel)) return
    if (.not. c_associated(options%cancel%c)) &
      call outcome%refuse("The cancel token in options was not created, or is freed.")
    c_options%cancel = options%cancel%c
  end subroutine take_options

  recursive pure integer(c_int32_t) function flag(wanted, bit)
    logical, intent(in) :: wanted
    integer(c_int32_t), intent(in) :: bit

    flag = merge(bit, 0_c_int32_t, wanted)
  end function flag

  !> Makes the token, which takes a file descriptor; a new one in the place of one that is there.
  recursive subroutine create(self, stat, errmsg, error)
    class(b2h_cancel), intent(inout) :: self
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome

    call self%free()
    outcome%status = b2h_cancel_new_(self%c, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine create

  !> Ends all calls that have the token, and all that will be given it: they fail with B2H_CANCELLED.
  recursive subroutine trigger(self)
    class(b2h_cancel), intent(in) :: self

    call b2h_cancel_trigger_(self%c)
  end subroutine trigger

  recursive logical function is_triggered(self)
    class(b2h_cancel), intent(in) :: self

    is_triggered = b2h_cancel_is_triggered_(self%c) /= 0
  end function is_triggered

  !> Frees the token. No call may still have it.
  recursive subroutine free(self)
    class(b2h_cancel), intent(inout) :: self

    call b2h_cancel_free_(self%release("b2h_cancel"))
  end subroutine free

  recursive impure elemental subroutine finish(self)
    type(b2h_cancel), intent(inout) :: self

    call self%free()
  end subroutine finish

  recursive impure elemental subroutine refuse_copy(self, other)
    class(b2h_cancel), intent(inout) :: self
    class(b2h_cancel), intent(in) :: other

    if (c_associated(other%c)) error stop "libb2handle: a b2h_cancel cannot be copied"
    call self%settle()
    call self%free()
  end subroutine refuse_copy
end module b2handle_options
