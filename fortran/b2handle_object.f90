! What all types have in common that hold an object of C.
module b2handle_object
  use, intrinsic :: iso_c_binding, only: c_associated, c_loc, c_null_ptr, c_ptr
  implicit none (type, external)
  private
  public :: b2h_object

  !> An object of C, which is freed once.
  type :: b2h_object
    !> The C object, for module b2handle_c; none where it was not made.
    type(c_ptr) :: c = c_null_ptr
    !> Where this was when the C object was made. Compilers copy without asking the type (source=, [w, x], polymorphic
    !> assignment), and both would be freed.
    type(c_ptr), private :: home = c_null_ptr
  contains
    procedure :: is_copy
    procedure :: settle
    procedure :: release
  end type b2h_object

contains

  !> Whether the C object belongs to another than this.
  recursive logical function is_copy(self)
    class(b2h_object), intent(in), target :: self

    is_copy = .false.
    if (c_associated(self%c) .and. c_associated(self%home)) &
      is_copy = .not. c_associated(self%home, c_loc(self%c))
  end function is_copy

  !> The C object belongs here. (What is assigned to comes to the assignment in a temporary with gfortran 12, where it is a
  !> component.)
  recursive subroutine settle(self)
    class(b2h_object), intent(inout), target :: self

    self%home = c_loc(self%c)
  end subroutine settle

  !> Hands the C object over to be freed. One that is made then belongs here.
  recursive function release(self, type) result(c)
    class(b2h_object), intent(inout), target :: self
    character(*), intent(in) :: type
    type(c_ptr) :: c

    if (self%is_copy()) error stop "libb2handle: a "//type//" was copied"
    c = self%c
    self%c = c_null_ptr
    call self%settle()
  end function release
end module b2handle_object
