! The client, complete: it also searches and lists.
module b2handle_client
  use, intrinsic :: iso_c_binding, only: c_associated, c_null_ptr, c_ptr, c_size_t
  use b2handle_c
  use b2handle_arguments, only: take, take_if_given, take_list
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_object, only: b2h_object
  use b2handle_options, only: b2h_options, take_options
  use b2handle_record, only: b2h_record, record_from_c
  use b2handle_text, only: from_c, text_list
  use b2handle_writing, only: b2h_writer
  implicit none (type, external)
  private
  public :: b2h_client, b2h_cursor, b2h_handle

  !> A client of one Handle server, with one identity. Any number of threads may use it at once. It is freed when it ceases
  !> to exist, or by free(). It cannot be copied.
  type, extends(b2h_writer) :: b2h_client
  contains
    procedure :: search_handles
    procedure :: search_open
    procedure :: list_handles
    procedure :: list_open
    procedure, private :: refuse_client_copy
    generic :: assignment(=) => refuse_client_copy
    final :: finish_client
  end type b2h_client

  !> A Handle that was found. Plain data.
  type :: b2h_handle
    !> The name as the server has stored it, often in capital letters.
    character(:), allocatable :: name
    !> Its values, where the search was asked for them with the option with_records: types and texts alone.
    type(b2h_record) :: record
  end type b2h_handle

  !> Where a search or a listing has got to, page by page. Only one thread may use it at a time. It may outlive its client.
  type, extends(b2h_object) :: b2h_cursor
  contains
    procedure :: next
    procedure :: free
    procedure, private :: refuse_copy
    generic :: assignment(=) => refuse_copy
    final :: finish_cursor
  end type b2h_cursor

contains

  !> Finds the Handles that have for each of these types a value with the text, in which * stands for anything; all, or as
  !> many as limit says, of all prefixes or one.
  recursive subroutine search_handles(self, types, texts, handles, prefix, limit, options, stat, errmsg, error)
    class(b2h_client), intent(in) :: self
    character(*), intent(in), optional :: types(:), texts(:)
    type(b2h_handle), allocatable, intent(out) :: handles(:)
    character(*), intent(in), optional :: prefix
    integer, intent(in), optional :: limit
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(text_list), target :: c_types, c_texts
    character(:), allocatable :: c_prefix
    type(b2h_call_options) :: c_options
    integer(c_size_t) :: c_limit
    type(c_ptr) :: out

    call take_terms(types, texts, c_types, c_texts, outcome)
    call take_if_given(prefix, "prefix", c_prefix, outcome)
    call take_size(limit, "limit", c_limit, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_search_handles_(self%c, c_types%texts, c_texts%texts, &
      c_types%count(), c_prefix, c_limit, c_options, out, outcome%error)
    if (outcome%good()) call take_handles(out, handles)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine search_handles

  !> Begins a search whose Handles cursor%next() gives page by page. Makes no request.
  recursive subroutine search_open(self, types, texts, cursor, prefix, page_size, options, stat, errmsg, error)
    class(b2h_client), intent(in) :: self
    character(*), intent(in), optional :: types(:), texts(:)
    type(b2h_cursor), intent(inout) :: cursor
    character(*), intent(in), optional :: prefix
    integer, intent(in), optional :: page_size
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(text_list), target :: c_types, c_texts
    character(:), allocatable :: c_prefix
    type(b2h_call_options) :: c_options
    integer(c_size_t) :: c_size

    call cursor%free()
    call take_terms(types, texts, c_types, c_texts, outcome)
    call take_if_given(prefix, "prefix", c_prefix, outcome)
    call take_size(page_size, "page_size", c_size, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_search_open_(self%c, c_types%texts, c_texts%texts, &
      c_types%count(), c_prefix, c_size, c_options, cursor%c, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine search_open

  !> Lists the Handles below a prefix, all or as many as limit says.
  recursive subroutine list_handles(self, prefix, handles, limit, options, stat, errmsg, error)
    class(b2h_client), intent(in) :: self
    character(*), intent(in), optional :: prefix
    type(b2h_handle), allocatable, intent(out) :: handles(:)
    integer, intent(in), optional :: limit
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_prefix
    type(b2h_call_options) :: c_options
    integer(c_size_t) :: c_limit
    type(c_ptr) :: out

    call take(prefix, "prefix", c_prefix, outcome)
    call take_size(limit, "limit", c_limit, outcome)
    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = &
      b2h_list_handles_(self%c, c_prefix, c_limit, c_options, out, outcome%error)
    if (outcome%good()) call take_handles(out, handles)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine list_handles

  !> Begins a listing whose Handles cursor%next() gives page by page. Makes no request.
  recursive subroutine list_open(self, prefix, cursor, page_size, stat, errmsg, error)
    class(b2h_client), intent(in) :: self
    character(*), intent(in), optional :: prefix
    type(b2h_cursor), intent(inout) :: cursor
    integer, intent(in), optional :: page_size
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_prefix
    integer(c_size_t) :: c_size

    call cursor%free()
    call take(prefix, "prefix", c_prefix, outcome)
    call take_size(page_size, "page_size", c_size, outcome)
    if (outcome%good()) outcome%status = b2h_list_open_(self%c, c_prefix, c_size, cursor%c, outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine list_open

  !> Gives the next Handles of a search or a listing; none at the end. After a failure the cursor has not moved: the call
  !> can be made again. The client is the one that the cursor was opened with.
  recursive subroutine next(self, client, handles, options, stat, errmsg, error)
    class(b2h_cursor), intent(inout) :: self
    class(b2h_client), intent(in) :: client
    type(b2h_handle), allocatable, intent(out) :: handles(:)
    type(b2h_options), intent(in), optional :: options
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(b2h_call_options) :: c_options
    type(c_ptr) :: out

    call take_options(options, c_options, outcome)
    if (outcome%good()) outcome%status = b2h_cursor_next_(client%c, self%c, c_options, out, outcome%error)
    if (outcome%good()) call take_handles(out, handles)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine next

  recursive subroutine take_terms(types, texts, c_types, c_texts, outcome)
    character(*), intent(in), optional :: types(:), texts(:)
    type(text_list), intent(inout), target :: c_types, c_texts
    type(call_outcome), intent(inout) :: outcome

    call take_list(types, "types", c_types, outcome)
    call take_list(texts, "texts", c_texts, outcome)
    if (c_types%count() /= c_texts%count()) &
      call outcome%refuse("The arguments types and texts have different sizes.")
  end subroutine take_terms

  !> A number as C has it: 0 where none is given.
  recursive subroutine take_size(number, name, c_number, outcome)
    integer, intent(in), optional :: number
    character(*), intent(in) :: name
    integer(c_size_t), intent(out) :: c_number
    type(call_outcome), intent(inout) :: outcome

    c_number = 0
    if (.not. present(number)) return
    if (number < 0) call outcome%refuse("The argument "//name//" is negative.")
    c_number = int(number, c_size_t)
  end subroutine take_size

  !> A copy of Handles that C has handed over, and frees them; none for NULL.
  recursive subroutine take_handles(c_handles, handles)
    type(c_ptr), intent(in) :: c_handles
    type(b2h_handle), allocatable, intent(out) :: handles(:)
    type(c_ptr) :: record
    integer(c_size_t) :: i

    allocate (handles(b2h_handles_count_(c_handles)))
    do i = 1, size(handles, kind=c_size_t)
      handles(i)%name = from_c(b2h_handles_name_(c_handles, i - 1))
      record = b2h_handles_record_(c_handles, i - 1)
      call record_from_c(record, handles(i)%record)
    end do
    call b2h_handles_free_(c_handles)
  end subroutine take_handles

  recursive impure elemental subroutine finish_client(self)
    type(b2h_client), intent(inout) :: self

    call self%free()
  end subroutine finish_client

  !> (Here, not where free() is: gfortran 12 does not see an inherited assignment when it copies what has a client in it.)
  recursive impure elemental subroutine refuse_client_copy(self, other)
    class(b2h_client), intent(inout) :: self
    class(b2h_client), intent(in) :: other

    if (c_associated(other%c)) error stop "libb2handle: a b2h_client cannot be copied"
    call self%settle()
    call self%free()
  end subroutine refuse_client_copy

  recursive subroutine free(self)
    class(b2h_cursor), intent(inout) :: self

    call b2h_cursor_free_(self%release("b2h_cursor"))
  end subroutine free

  recursive impure elemental subroutine finish_cursor(self)
    type(b2h_cursor), intent(inout) :: self

    call self%free()
  end subroutine finish_cursor

  recursive impure elemental subroutine refuse_copy(self, other)
    class(b2h_cursor), intent(inout) :: self
    class(b2h_cursor), intent(in) :: other

    if (c_associated(other%c)) error stop "libb2handle: a b2h_cursor cannot be copied"
    call self%settle()
    call self%free()
  end subroutine refuse_copy
end module b2handle_client
