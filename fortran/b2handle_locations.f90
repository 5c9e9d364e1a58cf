! The locations of a Handle (10320/LOC), as plain data.
module b2handle_locations
  use, intrinsic :: iso_c_binding, only: c_ptr, c_size_t
  use b2handle_c
  use b2handle_text, only: from_c
  implicit none (type, external)
  private
  public :: b2h_attribute, b2h_location, b2h_locations, locations_from_c

  type :: b2h_attribute
    character(:), allocatable :: name, value
  end type b2h_attribute

  type :: b2h_location
    !> "" where the location has no attribute href.
    character(:), allocatable :: url
    !> All of them, href too, in their order.
    type(b2h_attribute), allocatable :: attributes(:)
  contains
    procedure :: attribute
  end type b2h_location

  type :: b2h_locations
    !> How a resolver chooses among them, such as "locatt,country,weighted"; "" where the value does not say.
    character(:), allocatable :: chooseby
    type(b2h_location), allocatable :: list(:)
  end type b2h_locations

contains

  !> An attribute by its name, in which upper and lower case differ; "" where there is none.
  recursive pure function attribute(self, name) result(value)
    class(b2h_location), intent(in) :: self
    character(*), intent(in) :: name
    character(:), allocatable :: value
    integer :: i

    value = ""
    if (.not. allocated(self%attributes)) return
    do i = 1, size(self%attributes)
      if (self%attributes(i)%name == name) then
        value = self%attributes(i)%value
        return
      end if
    end do
  end function attribute

  !> A copy of locations that C has handed over, and frees them.
  recursive subroutine locations_from_c(c_locations, locations)
    type(c_ptr), intent(in) :: c_locations
    type(b2h_locations), intent(out) :: locations
    integer(c_size_t) :: i, j

    locations%chooseby = from_c(b2h_locations_chooseby_(c_locations))
    allocate (locations%list(b2h_locations_count_(c_locations)))
    do i = 1, size(locations%list, kind=c_size_t)
      associate (one => locations%list(i))
        one%url = from_c(b2h_locations_url_(c_locations, i - 1))
        allocate (one%attributes(b2h_locations_attribute_count_(c_locations, i - 1)))
        do j = 1, size(one%attributes, kind=c_size_t)
          one%attributes(j)%name = from_c(b2h_locations_attribute_name_(c_locations, i - 1, j - 1))
          one%attributes(j)%value = from_c(b2h_locations_attribute_value_(c_locations, i - 1, j - 1))
        end do
      end associate
    end do
    call b2h_locations_free_(c_locations)
  end subroutine locations_from_c
end module b2handle_locations
