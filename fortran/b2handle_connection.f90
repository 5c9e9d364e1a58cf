! The connection to a server, which the other parts of a client build on: making it, settings, checks.
module b2handle_connection
  use, intrinsic :: iso_c_binding, only: c_null_ptr, c_ptr, c_size_t, c_sizeof
  use b2handle_c
  use b2handle_arguments, only: take, take_if_given, wipe
  use b2handle_config, only: b2h_config
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_object, only: b2h_object
  use b2handle_options, only: b2h_options, take_options
  use b2handle_text, only: from_c, take_text
  implicit none (type, external)
  private
  public :: b2h_connection, b2h_finding

  !> What b2h_client is at the bottom.
  type, extends(b2h_object) :: b2h_connection
  contains
    procedure :: from_json
    procedure :: from_json_text
    procedure :: from_config
    procedure :: setting
    procedure :: stats
    procedure :: check
    procedure :: server_key_from_prefix
    procedure :: free
  end type b2h_connection

  !> What check() found out about one thing.
  type :: b2h_finding
    !> Such as "credentials".
    character(:), allocatable :: subject
    !> B2H_CHECK_GOOD, B2H_CHECK_BAD, B2H_CHECK_UNKNOWN or B2H_CHECK_NOT_CONFIGURED.
    integer :: verdict = B2H_CHECK_UNKNOWN
    !> What was found, and where it is not good, what to do.
    character(:), allocatable :: message
  end type b2h_finding

contains

  !> Makes the client from a credentials JSON file; a new one in the place of one that is there. Makes no request.
  recursive subroutine from_json(self, path, stat, errmsg, error)
    class(b2h_connection), intent(inout) :: self
    character(*), intent(in), optional :: path
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_path

    call self%free()
    call take(path, "path", c_path, outcome)
    if (outcome%good()) outcome%status = b2h_client_from_json_(c_path, self%c, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine from_json

  !> Makes the client from credentials JSON in memory. Makes no request.
  recursive subroutine from_json_text(self, json, stat, errmsg, error)
    class(b2h_connection), intent(inout) :: self
    character(*), intent(in), optional :: json
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_json

    call self%free()
    call take(json, "json", c_json, outcome)
    if (outcome%good()) outcome%status = b2h_client_from_json_text_(c_json, self%c, outcome%error)
    call wipe(c_json)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine from_json_text

  !> Makes the client of a configuration, which can be used again afterwards. Makes no request.
  recursive subroutine from_config(self, config, stat, errmsg, error)
    class(b2h_connection), intent(inout) :: self
    type(b2h_config), intent(inout) :: config
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome

    call self%free()
    call config%make_sure(outcome)
    if (outcome%good()) outcome%status = b2h_client_new_(config%c, self%c, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine from_config

  !> Reads a setting of the credentials, such as "prefix". Makes no request.
  recursive subroutine setting(self, key, value, stat, errmsg, error)
    class(b2h_connection), intent(in) :: self
    character(*), intent(in), optional :: key
    character(:), allocatable, intent(out) :: value
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_key
    type(c_ptr) :: out

    call take(key, "key", c_key, outcome)
    if (outcome%good()) outcome%status = b2h_client_setting_(self%c, c_key, out, outcome%error)
    if (outcome%good()) call take_text(out, value)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine setting

  !> Tells what the client has done so far: requests, retries, bytes and so on. Makes no request.
  recursive subroutine stats(self, numbers, stat, errmsg, error)
    class(b2h_connection), intent(in) :: self
    type(b2h_stats), intent(out) :: numbers
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome

    numbers%struct_size = c_sizeof(numbers)
    outcome%status = b2h_client_stats_(self%c, numbers, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine stats

  !> Checks the configuration of the client against its server. Nothing is changed there. However bad the findings are,
  !> that is no failure.
  recursive subroutine check(self, findings, options, stat, errmsg, error)
    class(b2h_connection), intent(in) :: self
    type(b2h_finding), allocatable, intent(out) :: findings(:)
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out
    integer(c_size_t) :: i

    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_client_check_(self%c, c_options, out, outcome%error)
    if (outcome%good()) then
      allocate (findings(b2h_check_count_(out)))
      do i = 1, size(findings, kind=c_size_t)
        findings(i)%subject = from_c(b2h_check_subject_(out, i - 1))
        findings(i)%verdict = int(b2h_check_verdict_(out, i - 1))
        findings(i)%message = from_c(b2h_check_message_(out, i - 1))
      end do
      call b2h_check_free_(out)
    end if
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine check

  !> Reads the key of a prefix's server from the record of the prefix, with this client as the resolver; with
  !> https://hdl.handle.net where the client was not made. The configuration names the server that is meant, and the prefix
  !> where none is given.
  recursive subroutine server_key_from_prefix(self, config, key, prefix, options, stat, errmsg, error)
    class(b2h_connection), intent(in) :: self
    type(b2h_config), intent(in) :: config
    character(:), allocatable, intent(out) :: key
    character(*), intent(in), optional :: prefix
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_prefix
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take_if_given(prefix, "prefix", c_prefix, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = &
      b2h_server_key_from_prefix_(config%c, c_prefix, self%c, c_options, out, outcome%error)
    if (outcome%good()) call take_text(out, key)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine server_key_from_prefix

  !> Frees the client and closes its connections. No other thread may still be in a call on it. Doing it again does
  !> nothing.
  recursive subroutine free(self)
    class(b2h_connection), intent(inout) :: self

    call b2h_client_free_(self%release("b2h_client"))
  end subroutine free
end module b2handle_connection
