! Reading records.
module b2handle_reading
  use, intrinsic :: iso_c_binding, only: c_int32_t, c_ptr, c_size_t
  use b2handle_c
  use b2handle_arguments, only: take, take_list, take_number, take_numbers, take_one_by_one
  use b2handle_connection, only: b2h_connection
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_locations, only: b2h_locations, locations_from_c
  use b2handle_options, only: b2h_options, take_options
  use b2handle_record, only: b2h_record, b2h_result, record_from_c, results_from_c
  use b2handle_text, only: take_text, text_list
  implicit none (type, external)
  private
  public :: b2h_reader

  !> A client as far as it reads.
  type, extends(b2h_connection) :: b2h_reader
  contains
    procedure :: get_value
    procedure :: get_record
    procedure :: get_values
    procedure :: get_records
    procedure :: handle_exists
    procedure :: get_locations
    procedure :: has_location
  end type b2h_reader

contains

  !> Reads the first value of a type, as text.
  recursive subroutine get_value(self, handle, type, text, options, stat, errmsg, error)
    class(b2h_reader), intent(in) :: self
    character(*), intent(in), optional :: handle, type
    character(:), allocatable, intent(out) :: text
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle, c_type
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take(handle, "handle", c_handle, outcome)
    call take(type, "type", c_type, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_get_value_(self%c, c_handle, c_type, c_options, out, outcome%error)
    if (outcome%good()) call take_text(out, text)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine get_value

  !> Reads a record: all values that everybody may read, or with the option authenticated all values.
  recursive subroutine get_record(self, handle, record, options, stat, errmsg, error)
    class(b2h_reader), intent(in) :: self
    character(*), intent(in), optional :: handle
    type(b2h_record), intent(out) :: record
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take(handle, "handle", c_handle, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_get_record_(self%c, c_handle, c_options, out, outcome%error)
    if (outcome%good()) then
      call record_from_c(out, record)
      call b2h_record_free_(out)
    end if
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine get_record

  !> Reads a part of a record: the values that have one of the types or one of the indexes.
  recursive subroutine get_values(self, handle, record, types, indexes, options, stat, errmsg, error)
    class(b2h_reader), intent(in) :: self
    character(*), intent(in), optional :: handle
    type(b2h_record), intent(out) :: record
    character(*), intent(in), optional :: types(:)
    integer, intent(in), optional :: indexes(:)
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(text_list), target :: c_types
    integer(c_int32_t), allocatable :: c_indexes(:)
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take(handle, "handle", c_handle, outcome)
    call take_list(types, "types", c_types, outcome)
    allocate (c_indexes(0))
    if (present(indexes)) call take_numbers(indexes, "indexes", c_indexes, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_get_values_(self%c, c_handle, c_types%texts, c_types%count(), &
      c_indexes, size(c_indexes, kind=c_size_t), c_options, out, outcome%error)
    if (outcome%good()) then
      call record_from_c(out, record)
      call b2h_record_free_(out)
    end if
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine get_values

  !> Reads the records of many Handles, several at the same time: as many as concurrency says, or 16. One that fails does
  !> not keep the others back, and is no failure of the call: look at the status of each. One with a NUL in it, which C gets
  !> as NULL, is B2H_INVALID_ARGUMENT.
  recursive subroutine get_records(self, handles, results, concurrency, options, stat, errmsg, error)
    class(b2h_reader), intent(in) :: self
    character(*), intent(in), optional :: handles(:)
    type(b2h_result), allocatable, intent(out) :: results(:)
    integer, intent(in), optional :: concurrency
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(text_list), target :: c_handles
    type(b2h_call_options) :: c_options
    integer(c_int32_t) :: lanes
    type(c_ptr) :: out

    call take_one_by_one(handles, c_handles)
    lanes = 0
    if (present(concurrency)) call take_number(concurrency, "concurrency", lanes, outcome)
    if (lanes < 0) call outcome%refuse("The argument concurrency is negative.")
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_get_records_(self%c, c_handles%texts, c_handles%count(), lanes, &
      c_options, out, outcome%error)
    if (outcome%good()) call results_from_c(out, results)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine get_records

  !> Tells whether a Handle exists, even where this client may read none of its values.
  recursive subroutine handle_exists(self, handle, exists, options, stat, errmsg, error)
    class(b2h_reader), intent(in) :: self
    character(*), intent(in), optional :: handle
    logical, intent(out) :: exists
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(b2h_call_options) :: c_options
    integer(c_int32_t) :: out

    out = 0
    call take(handle, "handle", c_handle, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_handle_exists_(self%c, c_handle, c_options, out, outcome%error)
    exists = out /= 0
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine handle_exists

  !> Reads the locations of a Handle (10320/LOC). None are no error.
  recursive subroutine get_locations(self, handle, locations, options, stat, errmsg, error)
    class(b2h_reader), intent(in) :: self
    character(*), intent(in), optional :: handle
    type(b2h_locations), intent(out) :: locations
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take(handle, "handle", c_handle, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_get_locations_(self%c, c_handle, c_options, out, outcome%error)
    if (outcome%good()) call locations_from_c(out, locations)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine get_locations

  !> Tells whether a location of a Handle has the URL.
  recursive subroutine has_location(self, handle, url, has, options, stat, errmsg, error)
    class(b2h_reader), intent(in) :: self
    character(*), intent(in), optional :: handle, url
    logical, intent(out) :: has
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_handle, c_url
    type(b2h_call_options) :: c_options
    integer(c_int32_t) :: out

    out = 0
    call take(handle, "handle", c_handle, outcome)
    call take(url, "url", c_url, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) &
      outcome%status = b2h_has_location_(self%c, c_handle, c_url, c_options, out, outcome%error)
    has = out /= 0
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine has_location
end module b2handle_reading
