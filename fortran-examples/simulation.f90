! A simulation whose output files carry persistent identifiers: heat in a rod.
!
!     simulation CREDENTIALS.json [FOLDER]
!
! simulate() needs no network, as on a compute node: the name of each file is made of what the file is, and stands in the
! file before anybody registers it. publish() comes later, as on a login node. It registers those names, with a checksum
! of each file and the places where it can be had. Both can be repeated: the same run has the same names.
program simulation
  use, intrinsic :: iso_fortran_env, only: real64
  use b2handle
  implicit none (type, external)

  ! What makes the names of this run unlike those of any other: an identifier of your own, with a version.
  character(*), parameter :: RUN = "libb2handle.example.simulation.v1"
  character(*), parameter :: ARCHIVE = "https://data.example.org/simulation/"
  character(*), parameter :: MIRROR = "https://mirror.example.org/simulation/"
  character(*), parameter :: STAMP = "# PID "
  integer, parameter :: FILES = 3

  call main()

contains

  ! A subroutine, since what it declares is freed when it ends.
  subroutine main()
    type(b2h_client) :: client
    character(:), allocatable :: folder, prefix
    integer :: i

    if (command_argument_count() < 1) error stop "usage: simulation CREDENTIALS.json [FOLDER]"
    folder = "."
    if (command_argument_count() > 1) folder = argument(2)
    ! This makes no request.
    call client%from_json(argument(1))
    call client%setting("prefix", prefix)

    call simulate(prefix, folder)
    do i = 1, FILES
      call publish(client, folder, file_name(i))
    end do
    print "(a)", "OK"
  end subroutine main

  !> Computes, and writes a file now and then.
  subroutine simulate(prefix, folder)
    character(*), intent(in) :: prefix, folder
    real(real64) :: heat(101)
    integer :: i, step

    heat = 0
    heat(51) = 1
    do i = 1, FILES
      do step = 1, 100
        heat(2:100) = heat(2:100) + 0.25_real64 * (heat(1:99) - 2 * heat(2:100) + heat(3:101))
      end do
      call write_file(prefix, folder, file_name(i), heat)
    end do
  end subroutine simulate

  subroutine write_file(prefix, folder, name, heat)
    character(*), intent(in) :: prefix, folder, name
    real(real64), intent(in) :: heat(:)
    character(:), allocatable :: pid
    integer :: unit

    ! Always the same for the same run and file. No request, no server.
    call b2h_name_from_text(prefix, "url", RUN//"/"//name, pid)
    open (newunit=unit, file=folder//"/"//name, action="write", status="replace")
    write (unit, "(2a)") STAMP, pid
    write (unit, "(es24.16)") heat
    close (unit)
  end subroutine write_file

  !> Registers the PID that a file carries, or brings its record up to date.
  subroutine publish(client, folder, name)
    type(b2h_client), intent(in) :: client
    character(*), intent(in) :: folder, name
    type(b2h_values) :: values
    type(b2h_record) :: record
    type(b2h_error) :: error
    character(:), allocatable :: pid, sum
    character(200) :: places(2)

    pid = stamp_of(folder//"/"//name)
    sum = checksum(folder//"/"//name)
    call values%add_text("URL", ARCHIVE//name)
    call values%add_text("CHECKSUM", sum)
    call values%add_text("RUN", RUN)
    places(1) = ARCHIVE//name
    places(2) = MIRROR//name
    call values%add_locations(places)

    call client%register_values(pid, values, error=error)
    select case (error%status)
    case (B2H_OK)
      print "(4a)", pid, " is ", name, ", new"
    case (B2H_HANDLE_EXISTS)
      call client%modify_values(pid, values)
      print "(4a)", pid, " is ", name, ", brought up to date"
    case default
      ! Nothing is lost when a server cannot be reached: the names are in the files.
      error stop error%message
    end select

    ! What everybody sees now.
    call client%get_record(pid, record, options=b2h_options(authoritative=.true.))
    if (record%text("CHECKSUM") /= sum) error stop "the record of "//pid//" has another checksum"
  end subroutine publish

  !> The PID in the first line of a file.
  function stamp_of(path) result(pid)
    character(*), intent(in) :: path
    character(:), allocatable :: pid
    character(200) :: line
    integer :: unit

    open (newunit=unit, file=path, action="read", status="old")
    read (unit, "(a)") line
    close (unit)
    if (index(line, STAMP) /= 1) error stop path//" has no PID"
    pid = trim(line(len(STAMP) + 1:))
  end function stamp_of

  !> The SHA-256 of a file, by the tool that every cluster has.
  function checksum(path) result(sum)
    character(*), intent(in) :: path
    character(:), allocatable :: sum
    character(64) :: digits
    integer :: unit, status

    call execute_command_line("sha256sum < '"//path//"' > '"//path//".sha256'", exitstat=status)
    if (status /= 0) error stop "sha256sum failed"
    open (newunit=unit, file=path//".sha256", action="read", status="old")
    read (unit, "(a)") digits
    close (unit, status="delete")
    sum = "sha256:"//digits
  end function checksum

  function file_name(number) result(name)
    integer, intent(in) :: number
    character(13) :: name

    write (name, "(a, i4.4, a)") "heat-", number, ".dat"
  end function file_name

  function argument(number) result(text)
    integer, intent(in) :: number
    character(:), allocatable :: text
    integer :: length

    call get_command_argument(number, length=length)
    allocate (character(length) :: text)
    call get_command_argument(number, text)
  end function argument
end program simulation
