! Settings for a client, other than from one file alone.
module b2handle_config
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_f_pointer, c_f_procpointer, c_funloc, c_funptr, &
    c_int32_t, c_null_funptr, c_null_ptr, c_ptr, c_size_t
  use b2handle_c
  use b2handle_arguments, only: take, take_if_given, take_number, wipe
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_object, only: b2h_object
  use b2handle_options, only: b2h_options, take_options
  use b2handle_text, only: from_c, take_text
  implicit none (type, external)
  private
  public :: b2h_config, b2h_log, b2h_passphrase

  !> Settings by the keys of the credentials JSON, empty at first: from files, set one by one, or both; what is set later
  !> counts. Only one thread may change them at a time.
  type, extends(b2h_object) :: b2h_config
  contains
    procedure :: load
    procedure :: set
    procedure :: set_log
    procedure :: ask_passphrase
    procedure :: server_key_from_site
    procedure :: make_sure
    procedure :: free
    procedure, private :: refuse_copy
    generic :: assignment(=) => refuse_copy
    final :: finish
  end type b2h_config

  abstract interface
    !> Is given a message of the log and its level, B2H_LOG_ERROR to B2H_LOG_DEBUG. It is called by threads that are inside
    !> a call of the library, several at once where several are, and cannot call the library itself.
    subroutine b2h_log(level, message)
      integer, intent(in) :: level
      character(*), intent(in) :: message
    end subroutine b2h_log

    !> Gives the passphrase of the private key in the file; leaves it not allocated where there is none.
    subroutine b2h_passphrase(path, passphrase)
      character(*), intent(in) :: path
      character(:), allocatable, intent(out) :: passphrase
    end subroutine b2h_passphrase
  end interface

contains

  !> Makes the C object where there is none.
  recursive subroutine make_sure(self, outcome)
    class(b2h_config), intent(inout) :: self
    type(call_outcome), intent(inout) :: outcome

    if (self%is_copy()) call outcome%refuse("The configuration is a copy, or was never initialised.")
    if (.not. outcome%good() .or. c_associated(self%c)) return
    call self%free()
    outcome%status = b2h_config_new_(self%c, outcome%error)
  end subroutine make_sure

  !> Takes all settings of a credentials JSON file.
  recursive subroutine load(self, path, stat, errmsg, error)
    class(b2h_config), intent(inout) :: self
    character(*), intent(in), optional :: path
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_path

    call take(path, "path", c_path, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = b2h_config_load_(self%c, c_path, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine load

  !> Sets a key, such as "handle_server_url". All values are text: "true", "30000", or for lists JSON.
  recursive subroutine set(self, key, value, keep_blanks, stat, errmsg, error)
    class(b2h_config), intent(inout) :: self
    character(*), intent(in), optional :: key, value
    logical, intent(in), optional :: keep_blanks
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_key, c_value

    call take(key, "key", c_key, outcome)
    call take(value, "value", c_value, outcome, keep_blanks)
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = b2h_config_set_(self%c, c_key, c_value, outcome%error)
    call wipe(c_value)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine set

  !> Sets the subroutine that is given the log of the clients made of the configuration from now on, up to a level; none
  !> without one. It must be a procedure of a module, or external: one that is internal to another ends with that.
  recursive subroutine set_log(self, level, log, stat, errmsg, error)
    class(b2h_config), intent(inout) :: self
    integer, intent(in) :: level
    procedure(b2h_log), optional :: log
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_level
    type(c_funptr) :: c_callback
    type(c_ptr) :: user_data

    c_callback = c_null_funptr
    user_data = c_null_ptr
    if (present(log)) then
      c_callback = c_funloc(hear)
      user_data = transfer(c_funloc(log), user_data)
    end if
    call take_number(level, "level", c_level, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = &
      b2h_config_set_log_(self%c, c_level, c_callback, user_data, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine set_log

  !> Sets whom to ask for the passphrase of an encrypted private key when a client is made; nobody without one. It must be
  !> a procedure of a module, or external.
  recursive subroutine ask_passphrase(self, ask, stat, errmsg, error)
    class(b2h_config), intent(inout) :: self
    procedure(b2h_passphrase), optional :: ask
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(c_funptr) :: c_callback
    type(c_ptr) :: user_data

    c_callback = c_null_funptr
    user_data = c_null_ptr
    if (present(ask)) then
      c_callback = c_funloc(answer)
      user_data = transfer(c_funloc(ask), user_data)
    end if
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = &
      b2h_config_ask_passphrase_(self%c, c_callback, user_data, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine ask_passphrase

  !> What C calls with a message of the log. user_data is the address of the subroutine that is meant.
  recursive subroutine hear(level, message, user_data) bind(c, name="")
    integer(c_int32_t), value :: level
    type(c_ptr), value :: message, user_data
    procedure(b2h_log), pointer :: log

    call c_f_procpointer(transfer(user_data, c_null_funptr), log)
    call log(int(level), from_c(message))
  end subroutine hear

  !> What C calls for a passphrase.
  recursive function answer(path, buffer, size, user_data) bind(c, name="") result(length)
    type(c_ptr), value :: path, buffer, user_data
    integer(c_size_t), value :: size
    integer(c_int32_t) :: length
    procedure(b2h_passphrase), pointer :: ask
    character(:), allocatable :: passphrase
    character(kind=c_char), pointer :: room(:)
    integer :: i

    length = -1
    call c_f_procpointer(transfer(user_data, c_null_funptr), ask)
    call ask(from_c(path), passphrase)
    if (.not. allocated(passphrase)) return
    if (len(passphrase) <= size) then
      call c_f_pointer(buffer, room, [size])
      do i = 1, len(passphrase)
        room(i) = passphrase(i:i)
      end do
      length = len(passphrase, c_int32_t)
    end if
    call wipe(passphrase)
  end function answer

  !> Asks the configured server for its key, to be written to a file that HTTPS_verify names from then on: trust on first
  !> use.
  recursive subroutine server_key_from_site(self, key, options, stat, errmsg, error)
    class(b2h_config), intent(in) :: self
    character(:), allocatable, intent(out) :: key
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_server_key_from_site_(self%c, c_options, out, outcome%error)
    if (outcome%good()) call take_text(out, key)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine server_key_from_site

  recursive subroutine free(self)
    class(b2h_config), intent(inout) :: self

    call b2h_config_free_(self%release("b2h_config"))
  end subroutine free

  recursive impure elemental subroutine finish(self)
    type(b2h_config), intent(inout) :: self

    call self%free()
  end subroutine finish

  recursive impure elemental subroutine refuse_copy(self, other)
    class(b2h_config), intent(inout) :: self
    class(b2h_config), intent(in) :: other

    if (c_associated(other%c)) error stop "libb2handle: a b2h_config cannot be copied"
    call self%settle()
    call self%free()
  end subroutine refuse_copy
end module b2handle_config
