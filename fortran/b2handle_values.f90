! A list of values to be written.
module b2handle_values
  use, intrinsic :: iso_c_binding, only: c_associated, c_int8_t, c_int32_t, c_int64_t, c_null_ptr, c_ptr, &
    c_size_t
  use b2handle_c
  use b2handle_arguments, only: take, take_list, take_number
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_object, only: b2h_object
  use b2handle_text, only: text_list
  implicit none (type, external)
  private
  public :: b2h_values

  !> A list of values to be written, empty at first, which a program fills and then gives to register_values(),
  !> modify_values() or put_values(), as often as it likes. Only one thread may change it at a time. Where no index is
  !> given, one is chosen.
  type, extends(b2h_object) :: b2h_values
  contains
    procedure :: add_text
    procedure :: add_bytes
    procedure :: add_admin
    procedure :: add_vlist
    procedure :: add_locations
    procedure :: add_structured
    procedure :: add_json
    procedure :: set_ttl
    procedure :: set_ttl_absolute
    procedure :: set_permissions
    procedure :: count => value_count
    procedure :: make_sure
    procedure :: free
    procedure, private :: refuse_copy
    generic :: assignment(=) => refuse_copy
    final :: finish
  end type b2h_values

contains

  !> Makes the C object where there is none.
  recursive subroutine make_sure(self, outcome)
    class(b2h_values), intent(inout) :: self
    type(call_outcome), intent(inout) :: outcome

    if (self%is_copy()) call outcome%refuse("The list of values is a copy, or was never initialised.")
    if (.not. outcome%good() .or. c_associated(self%c)) return
    call self%free()
    outcome%status = b2h_values_new_(self%c, outcome%error)
  end subroutine make_sure

  !> Adds a text value, of at most 1 MiB.
  recursive subroutine add_text(self, type, text, index, keep_blanks, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    character(*), intent(in), optional :: type, text
    integer, intent(in), optional :: index
    logical, intent(in), optional :: keep_blanks
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_index
    character(:), allocatable :: c_type, c_text

    call take(type, "type", c_type, outcome)
    call take(text, "text", c_text, outcome, keep_blanks)
    call take_index(index, c_index, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) &
      outcome%status = b2h_values_add_text_(self%c, c_index, c_type, c_text, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_text

  !> Adds a binary value, of at most 1 MiB.
  recursive subroutine add_bytes(self, type, bytes, index, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    character(*), intent(in), optional :: type
    integer(c_int8_t), intent(in), contiguous :: bytes(:)
    integer, intent(in), optional :: index
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_index
    character(:), allocatable :: c_type

    call take(type, "type", c_type, outcome)
    call take_index(index, c_index, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = b2h_values_add_bytes_(self%c, c_index, c_type, bytes, &
      size(bytes, kind=c_size_t), outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_bytes

  !> Adds an HS_ADMIN value: who (index:prefix/suffix) administers the Handle, and what they may do (12 characters of
  !> 0 and 1; see b2h_permissions_format()).
  recursive subroutine add_admin(self, owner, permissions, index, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    character(*), intent(in), optional :: owner, permissions
    integer, intent(in), optional :: index
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_index
    character(:), allocatable :: c_owner, c_permissions

    call take(owner, "owner", c_owner, outcome)
    call take(permissions, "permissions", c_permissions, outcome)
    call take_index(index, c_index, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = &
      b2h_values_add_admin_(self%c, c_index, c_owner, c_permissions, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_admin

  !> Adds an HS_VLIST value: a list of users, index:prefix/suffix each.
  recursive subroutine add_vlist(self, members, index, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    character(*), intent(in), optional :: members(:)
    integer, intent(in), optional :: index
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_index
    type(text_list), target :: c_members

    call take_list(members, "members", c_members, outcome)
    call take_index(index, c_index, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = &
      b2h_values_add_vlist_(self%c, c_index, c_members%texts, c_members%count(), outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_vlist

  !> Adds locations to the 10320/LOC value of the list, or such a value: several URLs, each with the same attributes,
  !> such as "weight". Call it again for URLs with other attributes.
  recursive subroutine add_locations(self, urls, attribute_names, attribute_values, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    character(*), intent(in), optional :: urls(:), attribute_names(:), attribute_values(:)
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(text_list), target :: c_urls, c_names, c_values

    call take_list(urls, "urls", c_urls, outcome)
    call take_list(attribute_names, "attribute_names", c_names, outcome)
    call take_list(attribute_values, "attribute_values", c_values, outcome)
    if (c_names%count() /= c_values%count()) &
      call outcome%refuse("The arguments attribute_names and attribute_values have different sizes.")
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = b2h_values_add_locations_(self%c, c_urls%texts, c_urls%count(), &
      c_names%texts, c_values%texts, c_names%count(), outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_locations

  !> Adds a value whose data is a structure: format is "key", "site", "admin" or "vlist", and json the structure as the
  !> REST API writes it.
  recursive subroutine add_structured(self, type, format, json, index, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    character(*), intent(in), optional :: type, format, json
    integer, intent(in), optional :: index
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_index
    character(:), allocatable :: c_type, c_format, c_json

    call take(type, "type", c_type, outcome)
    call take(format, "format", c_format, outcome)
    call take(json, "json", c_json, outcome)
    call take_index(index, c_index, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = &
      b2h_values_add_structured_(self%c, c_index, c_type, c_format, c_json, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_structured

  !> Adds values as B2HANDLE and the REST API write them in JSON. All are added, or none.
  recursive subroutine add_json(self, json, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    character(*), intent(in), optional :: json
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_json

    call take(json, "json", c_json, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = b2h_values_add_json_(self%c, c_json, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_json

  !> Says how many seconds the value that was added last may be cached.
  recursive subroutine set_ttl(self, seconds, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    integer, intent(in) :: seconds
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome

    call self%make_sure(outcome)
    if (outcome%good()) &
      outcome%status = b2h_values_set_ttl_(self%c, int(seconds, c_int64_t), outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine set_ttl

  !> Says until when, in seconds since 1970, the value that was added last may be cached.
  recursive subroutine set_ttl_absolute(self, time, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    integer(c_int64_t), intent(in) :: time
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome

    call self%make_sure(outcome)
    if (outcome%good()) outcome%status = b2h_values_set_ttl_absolute_(self%c, time, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine set_ttl_absolute

  !> Says who may read and write the value that was added last: four characters of 0 and 1 for admin read, admin write,
  !> public read, public write.
  recursive subroutine set_permissions(self, permissions, stat, errmsg, error)
    class(b2h_values), intent(inout) :: self
    character(*), intent(in), optional :: permissions
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_permissions

    call take(permissions, "permissions", c_permissions, outcome)
    call self%make_sure(outcome)
    if (outcome%good()) &
      outcome%status = b2h_values_set_permissions_(self%c, c_permissions, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine set_permissions

  recursive pure integer function value_count(self) result(count)
    class(b2h_values), intent(in) :: self

    count = int(b2h_values_count_(self%c))
  end function value_count

  !> The index as C has it: 0 where one is to be chosen.
  recursive subroutine take_index(index, c_index, outcome)
    integer, intent(in), optional :: index
    integer(c_int32_t), intent(out) :: c_index
    type(call_outcome), intent(inout) :: outcome

    c_index = 0
    if (present(index)) call take_number(index, "index", c_index, outcome)
  end subroutine take_index

  !> Empties the list.
  recursive subroutine free(self)
    class(b2h_values), intent(inout) :: self

    call b2h_values_free_(self%release("b2h_values"))
  end subroutine free

  recursive impure elemental subroutine finish(self)
    type(b2h_values), intent(inout) :: self

    call self%free()
  end subroutine finish

  recursive impure elemental subroutine refuse_copy(self, other)
    class(b2h_values), intent(inout) :: self
    class(b2h_values), intent(in) :: other

    if (c_associated(other%c)) error stop "libb2handle: b2h_values cannot be copied"
    call self%settle()
    call self%free()
  end subroutine refuse_copy
end module b2handle_values
