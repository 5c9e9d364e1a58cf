! What ends a program, and how:
!
!     stops CREDENTIALS failure|copy|part|source|polymorphic|allocatable|filled|trap
program stops
  use, intrinsic :: iso_fortran_env, only: real64
  use b2handle
  use checks
  implicit none (type, external)

  type :: simulation
    type(b2h_client) :: client
    integer :: step = 0
  end type simulation

  type :: holder
    type(b2h_values), allocatable :: values
  end type holder

  call begin()

contains

  subroutine begin()
    type(simulation) :: one, two
    character(:), allocatable :: url, errmsg
    real(real64), volatile :: zero

    call one%client%from_json(argument(1))
    call one%client%modify_value("21.T12345/fortran-stops", "URL", "x", stat=two%step)
    print "(a)", "begun"
    flush (6)
    select case (argument(2))
    case ("failure")
      call one%client%get_value("21.T12345/nobody", "URL", url, errmsg=errmsg)
    case ("copy")
      two%client = one%client
    case ("part")
      two = one
    case ("source", "polymorphic", "allocatable", "filled")
      call copies_without_assignment(argument(2), one)
    case ("trap")
      zero = 0
      zero = zero / zero
    end select
    print "(a)", "not stopped"
  end subroutine begin

  !> gfortran 12 makes these copies without the assignment of the type. They are found when they are to be freed.
  subroutine copies_without_assignment(how, one)
    character(*), intent(in) :: how
    type(simulation), intent(in) :: one
    type(simulation), allocatable :: source
    class(simulation), allocatable :: polymorphic
    type(holder) :: first, second

    select case (how)
    case ("source")
      allocate (source, source=one)
    case ("polymorphic")
      polymorphic = one
    case ("allocatable")
      allocate (first%values)
      call first%values%add_text("URL", "x")
      second = first
    case ("filled")
      allocate (first%values)
      call first%values%add_text("URL", "x")
      allocate (second%values, source=first%values)
      call second%values%add_text("URL", "y")
    end select
  end subroutine copies_without_assignment
end program stops
