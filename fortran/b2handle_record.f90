! A record that was read. All of it is plain data: it can be copied and kept, whatever becomes of the client.
module b2handle_record
  use, intrinsic :: iso_c_binding, only: c_associated, c_int8_t, c_int64_t, c_ptr, c_size_t
  use b2handle_c
  use b2handle_text, only: bytes_from_c, from_c
  use b2handle_error, only: b2h_error, error_from_c
  implicit none (type, external)
  private
  public :: b2h_record, b2h_reference, b2h_result, b2h_value, record_from_c, results_from_c

  !> Another value, to which a value refers.
  type :: b2h_reference
    character(:), allocatable :: handle
    integer :: index = 0
  end type b2h_reference

  !> A value of a record.
  type :: b2h_value
    integer :: index = 0
    !> Such as "URL".
    character(:), allocatable :: type
    !> The data; structures such as HS_ADMIN come as JSON. "" where it is no text.
    character(:), allocatable :: text
    !> Whether the data is text.
    logical :: is_text = .false.
    !> The data as bytes; none for structures.
    integer(c_int8_t), allocatable :: bytes(:)
    !> The form of the data in the REST API: "string", "base64", "admin", "vlist", "site" or "key".
    character(:), allocatable :: format
    !> How long the value may be cached: seconds, or seconds since 1970 if ttl_is_absolute.
    integer(c_int64_t) :: ttl = 0
    logical :: ttl_is_absolute = .false.
    !> When the value was last changed, in seconds since 1970; -1 where the server does not say.
    integer(c_int64_t) :: timestamp = -1
    !> Four characters of 0 and 1 for admin read, admin write, public read, public write.
    character(:), allocatable :: permissions
    type(b2h_reference), allocatable :: references(:)
  end type b2h_value

  !> A record that was read, or a part of it.
  type :: b2h_record
    !> The name of the Handle as it was asked for.
    character(:), allocatable :: handle
    !> The reply as the server sent it.
    character(:), allocatable :: json
    !> In the server's order.
    type(b2h_value), allocatable :: values(:)
  contains
    procedure :: find
    procedure :: find_index
    procedure :: text => text_of
  end type b2h_record

  !> What became of one of several Handles.
  type :: b2h_result
    !> B2H_OK, or why reading failed.
    integer :: status = B2H_OK
    type(b2h_record) :: record
    type(b2h_error) :: error
  end type b2h_result

contains

  !> The place of a type's first value among the values, or that of its nth; 0 where there is none. The case of ASCII
  !> letters does not matter.
  recursive pure integer function find(self, type, nth) result(place)
    class(b2h_record), intent(in) :: self
    character(*), intent(in) :: type
    integer, intent(in), optional :: nth
    integer :: wanted

    wanted = 1
    if (present(nth)) wanted = nth
    if (allocated(self%values) .and. wanted > 0) then
      do place = 1, size(self%values)
        if (lower(self%values(place)%type) == lower(type)) wanted = wanted - 1
        if (wanted == 0) return
      end do
    end if
    place = 0
  end function find

  !> The place of the value with an index; 0 where there is none.
  recursive pure integer function find_index(self, index) result(place)
    class(b2h_record), intent(in) :: self
    integer, intent(in) :: index

    if (allocated(self%values)) then
      do place = 1, size(self%values)
        if (self%values(place)%index == index) return
      end do
    end if
    place = 0
  end function find_index

  !> The text of a type's first value; "" where there is none.
  recursive pure function text_of(self, type) result(text)
    class(b2h_record), intent(in) :: self
    character(*), intent(in) :: type
    character(:), allocatable :: text
    integer :: place

    place = self%find(type)
    if (place > 0) then
      text = self%values(place)%text
    else
      text = ""
    end if
  end function text_of

  recursive elemental function lower(text)
    character(*), intent(in) :: text
    character(len(text)) :: lower
    integer :: i

    lower = text
    do i = 1, len(text)
      if (text(i:i) >= "A" .and. text(i:i) <= "Z") lower(i:i) = achar(iachar(text(i:i)) + 32)
    end do
  end function lower

  !> A copy of a record that C owns, empty for NULL.
  recursive subroutine record_from_c(c_record, record)
    type(c_ptr), intent(in) :: c_record
    type(b2h_record), intent(out) :: record
    integer(c_size_t) :: i

    record%handle = from_c(b2h_record_handle_(c_record))
    record%json = from_c(b2h_record_json_(c_record))
    allocate (record%values(b2h_record_count_(c_record)))
    do i = 1, size(record%values, kind=c_size_t)
      call value_from_c(b2h_record_value_(c_record, i - 1), record%values(i))
    end do
  end subroutine record_from_c

  recursive subroutine value_from_c(c_value, value)
    type(c_ptr), intent(in) :: c_value
    type(b2h_value), intent(out) :: value
    type(c_ptr) :: text, bytes
    integer(c_size_t) :: i

    value%index = int(b2h_value_index_(c_value))
    value%type = from_c(b2h_value_type_(c_value))
    text = b2h_value_text_(c_value)
    value%is_text = c_associated(text)
    value%text = from_c(text)
    bytes = b2h_value_bytes_(c_value, i)
    value%bytes = bytes_from_c(bytes, i)
    value%format = from_c(b2h_value_format_(c_value))
    value%ttl = b2h_value_ttl_(c_value)
    value%ttl_is_absolute = b2h_value_ttl_is_absolute_(c_value) /= 0
    value%timestamp = b2h_value_timestamp_(c_value)
    value%permissions = from_c(b2h_value_permissions_(c_value))
    allocate (value%references(b2h_value_reference_count_(c_value)))
    do i = 1, size(value%references, kind=c_size_t)
      value%references(i)%handle = from_c(b2h_value_reference_handle_(c_value, i - 1))
      value%references(i)%index = int(b2h_value_reference_index_(c_value, i - 1))
    end do
  end subroutine value_from_c

  !> A copy of results that C has handed over, and frees them.
  recursive subroutine results_from_c(c_results, results)
    type(c_ptr), intent(in) :: c_results
    type(b2h_result), allocatable, intent(out) :: results(:)
    integer(c_size_t) :: i

    allocate (results(b2h_results_count_(c_results)))
    do i = 1, size(results, kind=c_size_t)
      results(i)%status = int(b2h_results_status_(c_results, i - 1))
      call record_from_c(b2h_results_record_(c_results, i - 1), results(i)%record)
      results(i)%error = error_from_c(b2h_results_error_(c_results, i - 1))
    end do
    call b2h_results_free_(c_results)
  end subroutine results_from_c
end module b2handle_record
