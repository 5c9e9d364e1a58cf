! Changing and deleting. Where a call fails and error%in_doubt is true, the change may have taken effect.
module b2handle_writing
  use, intrinsic :: iso_c_binding, only: c_int32_t, c_size_t
  use b2handle_c
  use b2handle_arguments, only: take, take_list, take_number, take_numbers
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_options, only: b2h_options, take_options
  use b2handle_registering, only: b2h_registrar
  use b2handle_text, only: text_list
  use b2handle_values, only: b2h_values
  implicit none (type, external)
  private
  public :: b2h_writer

  !> A client as far as it reads and writes.
  type, extends(b2h_registrar) :: b2h_writer
  contains
    procedure :: modify_value
    procedure :: modify_values
    procedure :: put_values
    procedure :: add_to_vlist
    procedure :: remove_from_vlist
    procedure :: add_locations
    procedure :: exchange_location
    procedure :: remove_locations
    procedure :: delete_handle
    procedure :: delete_values
    procedure :: delete_values_at
  end type b2h_writer

contains

  !> Changes the value of a type to a text, or adds one where the Handle has none. Nothing else of the record is written.
  recursive subroutine modify_value(self, handle, type, value, keep_blanks, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle, type, value
    logical, intent(in), optional :: keep_blanks
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle, c_type, c_value
    type(b2h_call_options) :: c_options

    call take(handle, "handle", c_handle, outcome)
    call take(type, "type", c_type, outcome)
    call take(value, "value", c_value, outcome, keep_blanks)
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_modify_value_(self%c, c_handle, c_type, c_value, c_options, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine modify_value

  !> Changes or adds several values at once, as change says: B2H_MODIFY_OR_ADD, the default, B2H_MODIFY_ONLY or
  !> B2H_ADD_ONLY. Nothing else of the record is written.
  recursive subroutine modify_values(self, handle, values, change, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle
    type(b2h_values), intent(in) :: values
    integer, intent(in), optional :: change
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    integer(c_int32_t) :: c_change
    type(b2h_call_options) :: c_options

    call take(handle, "handle", c_handle, outcome)
    if (values%count() == 0) call outcome%refuse("The list of values is empty.")
    c_change = B2H_MODIFY_OR_ADD
    if (present(change)) call take_number(change, "change", c_change, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_modify_values_(self%c, c_handle, values%c, c_change, c_options, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine modify_values

  !> Writes values at the indexes they have, whatever is there now.
  recursive subroutine put_values(self, handle, values, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle
    type(b2h_values), intent(in) :: values
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(b2h_call_options) :: c_options

    call take(handle, "handle", c_handle, outcome)
    if (values%count() == 0) call outcome%refuse("The list of values is empty.")
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_put_values_(self%c, c_handle, values%c, c_options, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine put_values

  !> Adds a member, index:prefix/suffix, to the list of users (HS_VLIST) at an index.
  recursive subroutine add_to_vlist(self, handle, index, member, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle, member
    integer, intent(in) :: index
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_index
    character(:), allocatable :: c_handle, c_member
    type(b2h_call_options) :: c_options

    call take(handle, "handle", c_handle, outcome)
    call take(member, "member", c_member, outcome)
    call take_number(index, "index", c_index, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_add_to_vlist_(self%c, c_handle, c_index, &
      c_member, c_options, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_to_vlist

  !> Removes a member from a list of users. One that is not there is no error.
  recursive subroutine remove_from_vlist(self, handle, index, member, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle, member
    integer, intent(in) :: index
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_index
    character(:), allocatable :: c_handle, c_member
    type(b2h_call_options) :: c_options

    call take(handle, "handle", c_handle, outcome)
    call take(member, "member", c_member, outcome)
    call take_number(index, "index", c_index, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_remove_from_vlist_(self%c, c_handle, c_index, &
      c_member, c_options, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine remove_from_vlist

  !> Adds locations to a Handle: several URLs, each with the same attributes, such as "weight". A URL that is there
  !> already gets the attributes.
  recursive subroutine add_locations(self, handle, urls, attribute_names, attribute_values, options, stat, errmsg, &
    error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle
    character(*), intent(in), optional :: urls(:), attribute_names(:), attribute_values(:)
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(text_list), target :: c_urls, c_attribute_names, c_attribute_values
    type(b2h_call_options) :: c_options

    call take(handle, "handle", c_handle, outcome)
    call take_list(urls, "urls", c_urls, outcome)
    call take_list(attribute_names, "attribute_names", c_attribute_names, outcome)
    call take_list(attribute_values, "attribute_values", c_attribute_values, outcome)
    if (c_attribute_names%count() /= c_attribute_values%count()) &
      call outcome%refuse("The arguments attribute_names and attribute_values have different sizes.")
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_add_locations_(self%c, c_handle, c_urls%texts, c_urls%count(), &
      c_attribute_names%texts, c_attribute_values%texts, c_attribute_names%count(), c_options, &
      outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine add_locations

  !> Puts one URL in the place of another in the locations of a Handle; all attributes stay.
  recursive subroutine exchange_location(self, handle, old_url, new_url, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle, old_url, new_url
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle, c_old_url, c_new_url
    type(b2h_call_options) :: c_options

    call take(handle, "handle", c_handle, outcome)
    call take(old_url, "old_url", c_old_url, outcome)
    call take(new_url, "new_url", c_new_url, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_exchange_location_(self%c, c_handle, c_old_url, c_new_url, &
      c_options, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine exchange_location

  !> Removes the locations of a Handle that have one of these URLs. None to remove is no error.
  recursive subroutine remove_locations(self, handle, urls, count, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle
    character(*), intent(in), optional :: urls(:)
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: count
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(text_list), target :: c_urls
    type(b2h_call_options) :: c_options
    integer(c_size_t) :: out

    out = 0
    call take(handle, "handle", c_handle, outcome)
    call take_list(urls, "urls", c_urls, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_remove_locations_(self%c, c_handle, c_urls%texts, &
      c_urls%count(), c_options, out, outcome%error)
    if (present(count)) count = int(out)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine remove_locations

  !> Deletes a Handle with all its values. Identifiers are meant to persist: consider pointing the Handle to a page that
  !> says what became of the object instead.
  recursive subroutine delete_handle(self, handle, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(b2h_call_options) :: c_options

    call take(handle, "handle", c_handle, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_delete_handle_(self%c, c_handle, c_options, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine delete_handle

  !> Deletes all values of these types. None to delete is no error.
  recursive subroutine delete_values(self, handle, types, count, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle
    character(*), intent(in), optional :: types(:)
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: count
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(text_list), target :: c_types
    type(b2h_call_options) :: c_options
    integer(c_size_t) :: out

    out = 0
    call take(handle, "handle", c_handle, outcome)
    call take_list(types, "types", c_types, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_delete_values_(self%c, c_handle, c_types%texts, &
      c_types%count(), c_options, out, outcome%error)
    if (present(count)) count = int(out)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine delete_values

  !> Deletes the values at these indexes. Indexes without a value are no error.
  recursive subroutine delete_values_at(self, handle, indexes, count, options, stat, errmsg, error)
    class(b2h_writer), intent(in) :: self
    character(*), intent(in), optional :: handle
    integer, intent(in) :: indexes(:)
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: count
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t), allocatable :: c_indexes(:)
    character(:), allocatable :: c_handle
    type(b2h_call_options) :: c_options
    integer(c_size_t) :: out

    out = 0
    call take(handle, "handle", c_handle, outcome)
    call take_numbers(indexes, "indexes", c_indexes, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_delete_values_at_(self%c, c_handle, c_indexes, &
      size(indexes, kind=c_size_t), c_options, out, outcome%error)
    if (present(count)) count = int(out)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine delete_values_at
end module b2handle_writing
