! Arguments on their way to C. One that cannot be given to C ends the call before it begins.
!
! Trailing blanks are not part of a text: a variable of fixed length is padded with them, and the language itself
! ignores them in comparisons and in the names of files. Where data may end in blanks, keep_blanks keeps them.
module b2handle_arguments
  use, intrinsic :: iso_c_binding, only: c_int32_t, c_int64_t, c_null_char
  use b2handle_error, only: call_outcome
  use b2handle_text, only: text_list
  implicit none (type, external)
  private
  public :: take, take_if_given, take_list, take_number, take_numbers, take_one_by_one, wipe

contains

  !> A text that must be there. A string that is not allocated counts as absent, as the language has it.
  recursive subroutine take(text, name, c_text, outcome, keep_blanks)
    character(*), intent(in), optional :: text
    character(*), intent(in) :: name
    character(:), allocatable, intent(out) :: c_text
    type(call_outcome), intent(inout) :: outcome
    logical, intent(in), optional :: keep_blanks

    call take_if_given(text, name, c_text, outcome, keep_blanks)
    if (present(text)) return
    call outcome%refuse("The argument "//name//" is missing, or is a string that is not allocated.")
    c_text = c_null_char
  end subroutine take

  !> A text that need not be there: then C is given NULL.
  recursive subroutine take_if_given(text, name, c_text, outcome, keep_blanks)
    character(*), intent(in), optional :: text
    character(*), intent(in) :: name
    character(:), allocatable, intent(out) :: c_text
    type(call_outcome), intent(inout) :: outcome
    logical, intent(in), optional :: keep_blanks
    integer :: length

    if (.not. present(text)) return
    length = len_trim(text)
    if (present(keep_blanks)) then
      if (keep_blanks) length = len(text)
    end if
    if (index(text(:length), c_null_char) > 0) call outcome%refuse("The argument "//name &
      //" has the character NUL in it. (Texts are not ended with one here.)")
    ! In parts: a text may be a secret, and a temporary would not be wiped.
    allocate (character(length + 1) :: c_text)
    c_text(:length) = text(:length)
    c_text(length + 1:) = c_null_char
  end subroutine take_if_given

  !> Several texts; none where the argument is absent.
  recursive subroutine take_list(texts, name, list, outcome)
    character(*), intent(in), optional :: texts(:)
    character(*), intent(in) :: name
    type(text_list), intent(inout), target :: list
    type(call_outcome), intent(inout) :: outcome

    call take_one_by_one(texts, list)
    if (present(texts)) then
      if (any(index(texts, c_null_char) > 0)) call outcome%refuse("The argument "//name &
        //" has the character NUL in it. (Texts are not ended with one here.)")
    end if
  end subroutine take_list

  !> The same where C judges each of them by itself: one with a NUL in it is NULL there.
  recursive subroutine take_one_by_one(texts, list)
    character(*), intent(in), optional :: texts(:)
    type(text_list), intent(inout), target :: list

    if (present(texts)) then
      call list%fill(texts)
    else
      call list%fill([character(1) ::])
    end if
  end subroutine take_one_by_one

  !> A number, which may be too large for C where the compiler makes integers of 8 bytes.
  recursive subroutine take_number(number, name, c_number, outcome)
    integer, intent(in) :: number
    character(*), intent(in) :: name
    integer(c_int32_t), intent(out) :: c_number
    type(call_outcome), intent(inout) :: outcome

    c_number = 0
    if (abs(int(number, c_int64_t)) > huge(c_number)) then
      call outcome%refuse("The argument "//name//" is too large: it has 32 bits.")
    else
      c_number = int(number, c_int32_t)
    end if
  end subroutine take_number

  !> Several numbers.
  recursive subroutine take_numbers(numbers, name, c_numbers, outcome)
    integer, intent(in) :: numbers(:)
    character(*), intent(in) :: name
    integer(c_int32_t), allocatable, intent(out) :: c_numbers(:)
    type(call_outcome), intent(inout) :: outcome
    integer :: i

    allocate (c_numbers(size(numbers)))
    do i = 1, size(numbers)
      call take_number(numbers(i), name, c_numbers(i), outcome)
    end do
  end subroutine take_numbers

  !> Overwrites a copy of a secret before it is freed.
  recursive subroutine wipe(c_text)
    character(:), allocatable, intent(inout) :: c_text

    if (allocated(c_text)) c_text(:) = repeat(c_null_char, len(c_text))
  end subroutine wipe
end module b2handle_arguments
