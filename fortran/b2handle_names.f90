! Names of Handles, permissions, and the version: what needs no client and makes no request.
module b2handle_names
  use, intrinsic :: iso_c_binding, only: c_int32_t, c_ptr
  use b2handle_c
  use b2handle_arguments, only: take, take_if_given, take_number
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_text, only: from_c, take_text
  implicit none (type, external)
  private
  public :: b2h_generate_name, b2h_library_version, b2h_library_version_number, b2h_name_equal, &
    b2h_name_from_text, b2h_name_parse, b2h_name_to_url, b2h_permissions_format, b2h_permissions_parse, &
    b2h_status_str

contains

  !> The version of the library that is running, such as "0.1.0". B2H_VERSION_STRING is that of the modules.
  recursive function b2h_library_version() result(version)
    character(:), allocatable :: version

    version = from_c(b2h_version_())
  end function b2h_library_version

  !> The same as a number to compare with B2H_VERSION_NUMBER.
  recursive pure integer function b2h_library_version_number() result(number)
    number = int(b2h_version_number_())
  end function b2h_library_version_number

  !> A few words for a status, such as "handle not found".
  recursive function b2h_status_str(status) result(words)
    integer, intent(in) :: status
    character(:), allocatable :: words

    words = from_c(b2h_status_str_(int(status, c_int32_t)))
  end function b2h_status_str

  !> Makes a random name: the prefix and a UUID of version 4. It registers nothing.
  recursive subroutine b2h_generate_name(prefix, name, stat, errmsg, error)
    character(*), intent(in), optional :: prefix
    character(:), allocatable, intent(out) :: name
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_prefix
    type(c_ptr) :: out

    call take(prefix, "prefix", c_prefix, outcome)
    if (outcome%good()) outcome%status = b2h_generate_name_(c_prefix, out, outcome%error)
    if (outcome%good()) call take_text(out, name)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine b2h_generate_name

  !> Makes the name that belongs to a text: the prefix and a UUID that is made of namespace ("dns", "url", "oid", "x500",
  !> or a UUID) and text, and so always the same. The version of the UUID is 5, or 3. It registers nothing.
  recursive subroutine b2h_name_from_text(prefix, name_space, text, name, version, keep_blanks, stat, errmsg, error)
    character(*), intent(in), optional :: prefix, name_space, text
    character(:), allocatable, intent(out) :: name
    integer, intent(in), optional :: version
    logical, intent(in), optional :: keep_blanks
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_prefix, c_space, c_text
    integer(c_int32_t) :: c_version
    type(c_ptr) :: out

    call take(prefix, "prefix", c_prefix, outcome)
    call take(name_space, "name_space", c_space, outcome)
    call take(text, "text", c_text, outcome, keep_blanks)
    c_version = 5
    if (present(version)) call take_number(version, "version", c_version, outcome)
    if (outcome%good()) outcome%status = &
      b2h_name_from_text_(c_prefix, c_space, c_text, c_version, out, outcome%error)
    if (outcome%good()) call take_text(out, name)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine b2h_name_from_text

  !> Reads a name as people write it: plain, as hdl: or doi:, as the URL of a resolver, with an index or without.
  recursive subroutine b2h_name_parse(text, name, prefix, suffix, index, stat, errmsg, error)
    character(*), intent(in), optional :: text
    character(:), allocatable, intent(out), optional :: name, prefix, suffix
    integer, intent(out), optional :: index
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_text, plain, before, after
    type(c_ptr) :: out_name, out_prefix, out_suffix
    integer(c_int32_t) :: out_index

    out_index = 0
    call take(text, "text", c_text, outcome)
    if (outcome%good()) outcome%status = &
      b2h_name_parse_(c_text, out_name, out_prefix, out_suffix, out_index, outcome%error)
    if (outcome%good()) then
      call take_text(out_name, plain)
      call take_text(out_prefix, before)
      call take_text(out_suffix, after)
    end if
    if (present(name)) call move_alloc(plain, name)
    if (present(prefix)) call move_alloc(before, prefix)
    if (present(suffix)) call move_alloc(after, suffix)
    if (present(index)) index = int(out_index)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine b2h_name_parse

  !> Whether two texts name the same Handle, in whatever forms they are written.
  recursive logical function b2h_name_equal(first, second)
    character(*), intent(in), optional :: first, second
    type(call_outcome) :: outcome
    character(:), allocatable :: c_first, c_second

    call take(first, "first", c_first, outcome)
    call take(second, "second", c_second, outcome)
    b2h_name_equal = .false.
    if (outcome%good()) b2h_name_equal = b2h_name_equal_(c_first, c_second) /= 0
  end function b2h_name_equal

  !> The URL under which everybody can resolve a Handle, at https://hdl.handle.net or another resolver.
  recursive subroutine b2h_name_to_url(handle, url, resolver, stat, errmsg, error)
    character(*), intent(in), optional :: handle
    character(:), allocatable, intent(out) :: url
    character(*), intent(in), optional :: resolver
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle, c_resolver
    type(c_ptr) :: out

    call take(handle, "handle", c_handle, outcome)
    call take_if_given(resolver, "resolver", c_resolver, outcome)
    if (outcome%good()) outcome%status = b2h_name_to_url_(c_handle, c_resolver, out, outcome%error)
    if (outcome%good()) call take_text(out, url)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine b2h_name_to_url

  !> Writes a sum of B2H_MAY_ constants as 12 characters of 0 and 1, in the order of JSON or of batch files.
  recursive subroutine b2h_permissions_format(permissions, text, order, stat, errmsg, error)
    integer, intent(in) :: permissions
    character(:), allocatable, intent(out) :: text
    integer, intent(in), optional :: order
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    integer(c_int32_t) :: c_permissions
    type(c_ptr) :: out

    call take_number(permissions, "permissions", c_permissions, outcome)
    if (outcome%good()) outcome%status = &
      b2h_permissions_format_(c_permissions, order_or_json(order), out, outcome%error)
    if (outcome%good()) call take_text(out, text)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine b2h_permissions_format

  !> Reads permissions from 12 characters of 0 and 1.
  recursive subroutine b2h_permissions_parse(text, permissions, order, stat, errmsg, error)
    character(*), intent(in), optional :: text
    integer, intent(out) :: permissions
    integer, intent(in), optional :: order
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_text
    integer(c_int32_t) :: out

    out = 0
    call take(text, "text", c_text, outcome)
    if (outcome%good()) &
      outcome%status = b2h_permissions_parse_(c_text, order_or_json(order), out, outcome%error)
    permissions = int(out)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine b2h_permissions_parse

  recursive pure integer(c_int32_t) function order_or_json(order)
    integer, intent(in), optional :: order

    order_or_json = B2H_ORDER_JSON
    if (present(order)) order_or_json = int(order, c_int32_t)
  end function order_or_json
end module b2handle_names
