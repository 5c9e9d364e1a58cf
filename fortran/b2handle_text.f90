! Text as C has it, and as Fortran has it.
module b2handle_text
  use, intrinsic :: iso_c_binding, only: c_associated, c_char, c_f_pointer, c_int8_t, c_loc, c_null_char, &
    c_null_ptr, c_ptr, c_size_t
  use b2handle_c, only: b2h_bytes_free_, b2h_string_free_
  implicit none (type, external)
  private
  public :: text_list, from_c, take_text, bytes_from_c, take_bytes

  !> Texts for a C function that takes several.
  type :: text_list
    character(kind=c_char), allocatable :: characters(:)
    type(c_ptr), allocatable :: texts(:)
  contains
    procedure :: fill
    procedure :: count => text_count
  end type text_list

  interface
    function strlen(text) bind(c, name="strlen") result(length)
      import
      type(c_ptr), value :: text
      integer(c_size_t) :: length
    end function strlen
  end interface

contains

  !> A copy of a text that C owns; "" for NULL.
  recursive function from_c(c_text) result(text)
    type(c_ptr), intent(in) :: c_text
    character(:), allocatable :: text
    character(kind=c_char), pointer :: characters(:)
    integer(c_size_t) :: length, i

    length = 0
    if (c_associated(c_text)) length = strlen(c_text)
    allocate (character(length) :: text)
    if (length == 0) return
    call c_f_pointer(c_text, characters, [length])
    do i = 1, length
      text(i:i) = characters(i)
    end do
  end function from_c

  !> Copies a text that C has handed over, and frees it.
  recursive subroutine take_text(c_text, text)
    type(c_ptr), intent(in) :: c_text
    character(:), allocatable, intent(out) :: text

    text = from_c(c_text)
    call b2h_string_free_(c_text)
  end subroutine take_text

  !> A copy of bytes that C owns; none for NULL.
  recursive function bytes_from_c(c_bytes, length) result(bytes)
    type(c_ptr), intent(in) :: c_bytes
    integer(c_size_t), intent(in) :: length
    integer(c_int8_t), allocatable :: bytes(:)
    integer(c_int8_t), pointer :: all(:)

    if (c_associated(c_bytes) .and. length > 0) then
      call c_f_pointer(c_bytes, all, [length])
      bytes = all
    else
      allocate (bytes(0))
    end if
  end function bytes_from_c

  !> Copies bytes that C has handed over, and frees them.
  recursive subroutine take_bytes(c_bytes, length, bytes)
    type(c_ptr), intent(in) :: c_bytes
    integer(c_size_t), intent(in) :: length
    integer(c_int8_t), allocatable, intent(out) :: bytes(:)

    bytes = bytes_from_c(c_bytes, length)
    call b2h_bytes_free_(c_bytes)
  end subroutine take_bytes

  !> Takes the texts without the blanks at their ends, which pad the elements of an array to one length. One that has the
  !> character NUL in it is NULL: C would see the text before it.
  recursive subroutine fill(self, texts)
    class(text_list), intent(inout), target :: self
    character(*), intent(in) :: texts(:)
    integer(c_size_t) :: next
    integer :: i, j

    allocate (self%characters(sum(len_trim(texts) + 1)), self%texts(size(texts)))
    next = 1
    do i = 1, size(texts)
      self%texts(i) = c_null_ptr
      if (index(texts(i), c_null_char) > 0) cycle
      self%texts(i) = c_loc(self%characters(next))
      do j = 1, len_trim(texts(i))
        self%characters(next) = texts(i) (j:j)
        next = next + 1
      end do
      self%characters(next) = c_null_char
      next = next + 1
    end do
  end subroutine fill

  recursive pure function text_count(self) result(count)
    class(text_list), intent(in) :: self
    integer(c_size_t) :: count

    count = size(self%texts, kind=c_size_t)
  end function text_count
end module b2handle_text
