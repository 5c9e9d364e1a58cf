! Registering. Where a call fails and error%in_doubt is true, the Handle may be there all the same.
module b2handle_registering
  use, intrinsic :: iso_c_binding, only: c_ptr
  use b2handle_c
  use b2handle_arguments, only: take
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_options, only: b2h_options, take_options
  use b2handle_reading, only: b2h_reader
  use b2handle_text, only: take_text
  use b2handle_values, only: b2h_values
  implicit none (type, external)
  private
  public :: b2h_registrar

  !> A client as far as it reads and registers.
  type, extends(b2h_reader) :: b2h_registrar
  contains
    procedure :: register_handle
    procedure :: register_values
    procedure :: generate_and_register
    procedure :: mint_handle
  end type b2h_registrar

contains

  !> Registers a Handle that points to a URL; registered is its name. It fails where the Handle exists, unless the option
  !> overwrite is set: then the whole record is replaced.
  recursive subroutine register_handle(self, handle, url, registered, options, stat, errmsg, error)
    class(b2h_registrar), intent(in) :: self
    character(*), intent(in), optional :: handle, url
    type(b2h_options), intent(in), optional :: options
    character(:), allocatable, intent(out), optional :: registered
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle, c_url, name
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take(handle, "handle", c_handle, outcome)
    call take(url, "url", c_url, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_register_handle_(self%c, c_handle, c_url, c_options, out, outcome%error)
    if (outcome%good()) call take_text(out, name)
    if (present(registered)) call move_alloc(name, registered)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine register_handle

  !> Registers a Handle with these values. An HS_ADMIN value for the owner is added where they have none.
  recursive subroutine register_values(self, handle, values, registered, options, stat, errmsg, error)
    class(b2h_registrar), intent(in) :: self
    character(*), intent(in), optional :: handle
    type(b2h_values), intent(in) :: values
    type(b2h_options), intent(in), optional :: options
    character(:), allocatable, intent(out), optional :: registered
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle, name
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take(handle, "handle", c_handle, outcome)
    if (values%count() == 0) call outcome%refuse("The list of values is empty.")
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_register_values_(self%c, c_handle, values%c, c_options, out, outcome%error)
    if (outcome%good()) call take_text(out, name)
    if (present(registered)) call move_alloc(name, registered)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine register_values

  !> Registers a Handle under a random name, a UUID of version 4.
  recursive subroutine generate_and_register(self, prefix, values, registered, options, stat, errmsg, error)
    class(b2h_registrar), intent(in) :: self
    character(*), intent(in), optional :: prefix
    type(b2h_values), intent(in) :: values
    type(b2h_options), intent(in), optional :: options
    character(:), allocatable, intent(out), optional :: registered
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_prefix, name
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take(prefix, "prefix", c_prefix, outcome)
    if (values%count() == 0) call outcome%refuse("The list of values is empty.")
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_generate_and_register_(self%c, c_prefix, values%c, c_options, out, outcome%error)
    if (outcome%good()) call take_text(out, name)
    if (present(registered)) call move_alloc(name, registered)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine generate_and_register

  !> Registers a Handle whose name, prefix/ or prefix/beginning, the server completes. When the outcome is in doubt,
  !> nobody knows the name: prefer generate_and_register().
  recursive subroutine mint_handle(self, start, values, registered, options, stat, errmsg, error)
    class(b2h_registrar), intent(in) :: self
    character(*), intent(in), optional :: start
    type(b2h_values), intent(in) :: values
    type(b2h_options), intent(in), optional :: options
    character(:), allocatable, intent(out), optional :: registered
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_start, name
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take(start, "start", c_start, outcome)
    if (values%count() == 0) call outcome%refuse("The list of values is empty.")
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_mint_handle_(self%c, c_start, values%c, c_options, out, outcome%error)
    if (outcome%good()) call take_text(out, name)
    if (present(registered)) call move_alloc(name, registered)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine mint_handle
end module b2handle_registering
