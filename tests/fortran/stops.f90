! What ends a program, and how:
!
!     stops CREDENTIALS failure|copy|part|trap
program stops
  use, intrinsic :: iso_fortran_env, only: real64
  use b2handle
  use checks
  implicit none (type, external)

  type :: simulation
    type(b2h_client) :: client
    integer :: step = 0
  end type simulation

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
    case ("trap")
      zero = 0
      zero = zero / zero
    end select
    print "(a)", "not stopped"
  end subroutine begin
end program stops
