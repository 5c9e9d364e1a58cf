! Sets of values that a community's Handles have.
module b2handle_profile
  use, intrinsic :: iso_c_binding, only: c_associated, c_null_ptr, c_ptr, c_size_t
  use b2handle_c
  use b2handle_arguments, only: take, take_list
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_object, only: b2h_object
  use b2handle_text, only: from_c, text_list
  use b2handle_values, only: b2h_values
  implicit none (type, external)
  private
  public :: b2h_profile

  !> A named set of values with placeholders in their data, which is filled for each Handle.
  type, extends(b2h_object) :: b2h_profile
  contains
    procedure :: built_in
    procedure :: load
    procedure :: name => profile_name
    procedure :: description
    procedure :: count => placeholder_count
    procedure :: placeholder
    procedure :: is_mandatory
    procedure :: fill
    procedure :: free
    procedure, private :: refuse_copy
    generic :: assignment(=) => refuse_copy
    final :: finish
  end type b2h_profile

contains

  !> A profile that comes with the library: "eudat-v1" or "rda-kernel-information".
  recursive subroutine built_in(self, name, stat, errmsg, error)
    class(b2h_profile), intent(inout) :: self
    character(*), intent(in), optional :: name
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_name

    call self%free()
    call take(name, "name", c_name, outcome)
    if (outcome%good()) outcome%status = b2h_profile_built_in_(c_name, self%c, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine built_in

  !> Reads a profile from a JSON file.
  recursive subroutine load(self, path, stat, errmsg, error)
    class(b2h_profile), intent(inout) :: self
    character(*), intent(in), optional :: path
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_path

    call self%free()
    call take(path, "path", c_path, outcome)
    if (outcome%good()) outcome%status = b2h_profile_load_(c_path, self%c, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine load

  !> What the profile calls itself.
  recursive function profile_name(self) result(name)
    class(b2h_profile), intent(in) :: self
    character(:), allocatable :: name

    name = from_c(b2h_profile_name_(self%c))
  end function profile_name

  !> What the profile is for, in a sentence.
  recursive function description(self)
    class(b2h_profile), intent(in) :: self
    character(:), allocatable :: description

    description = from_c(b2h_profile_description_(self%c))
  end function description

  !> How many placeholders there are.
  recursive pure integer function placeholder_count(self) result(count)
    class(b2h_profile), intent(in) :: self

    count = int(b2h_profile_count_(self%c))
  end function placeholder_count

  !> The name of a placeholder, from 1 to count(); "" beyond.
  recursive function placeholder(self, nth) result(name)
    class(b2h_profile), intent(in) :: self
    integer, intent(in) :: nth
    character(:), allocatable :: name

    name = from_c(b2h_profile_placeholder_(self%c, int(nth, c_size_t) - 1))
  end function placeholder

  !> Whether the profile cannot be filled without a placeholder.
  recursive pure logical function is_mandatory(self, nth)
    class(b2h_profile), intent(in) :: self
    integer, intent(in) :: nth

    is_mandatory = b2h_profile_is_mandatory_(self%c, int(nth, c_size_t) - 1) /= 0
  end function is_mandatory

  !> Fills the profile for one Handle: the values to give to register_values(). Those that filled had are gone.
  recursive subroutine fill(self, names, texts, filled, stat, errmsg, error)
    class(b2h_profile), intent(in) :: self
    character(*), intent(in), optional :: names(:), texts(:)
    type(b2h_values), intent(inout) :: filled
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(text_list), target :: c_names, c_texts

    call filled%free()
    call take_list(names, "names", c_names, outcome)
    call take_list(texts, "texts", c_texts, outcome)
    if (c_names%count() /= c_texts%count()) &
      call outcome%refuse("The arguments names and texts have different sizes.")
    if (outcome%good()) outcome%status = &
      b2h_profile_fill_(self%c, c_names%texts, c_texts%texts, c_names%count(), filled%c, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine fill

  recursive subroutine free(self)
    class(b2h_profile), intent(inout) :: self

    call b2h_profile_free_(self%release("b2h_profile"))
  end subroutine free

  recursive impure elemental subroutine finish(self)
    type(b2h_profile), intent(inout) :: self

    call self%free()
  end subroutine finish

  recursive impure elemental subroutine refuse_copy(self, other)
    class(b2h_profile), intent(inout) :: self
    class(b2h_profile), intent(in) :: other

    if (c_associated(other%c)) error stop "libb2handle: a b2h_profile cannot be copied"
    call self%settle()
    call self%free()
  end subroutine refuse_copy
end module b2handle_profile
