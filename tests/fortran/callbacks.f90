! Fortran subroutines that the library calls:
!
!     callbacks CREDENTIALS KEY PASSPHRASE
module hearing
  use b2handle
  use checks
  implicit none (type, external)
  integer :: heard = 0, least = 0
  character(:), allocatable :: asked_for, known

contains

  subroutine hear(level, message)
    integer, intent(in) :: level
    character(*), intent(in) :: message
    type(b2h_client) :: client
    type(b2h_error) :: error

    heard = heard + 1
    least = max(least, level)
    call check(len(message) > 0, "a message")
    ! The library cannot be called from here, and says so.
    call client%from_json(argument(1), error=error)
    call check(error%status == B2H_REENTRANT, "called from inside: "//error%message)
  end subroutine hear

  subroutine answer(path, passphrase)
    character(*), intent(in) :: path
    character(:), allocatable, intent(out) :: passphrase

    asked_for = path
    if (allocated(known)) passphrase = known
  end subroutine answer
end module hearing

program callbacks
  use hearing
  implicit none (type, external)

  call log()
  call passphrases()
  print "(a)", "OK"

contains

  subroutine log()
    type(b2h_config) :: config
    type(b2h_client) :: client
    character(:), allocatable :: url
    integer :: stat

    call config%load(argument(1))
    call config%set_log(int(B2H_LOG_DEBUG), hear)
    call client%from_config(config)
    call config%free()
    call client%get_value("21.T12345/nobody", "URL", url, stat=stat)
    call check(heard > 0 .and. least == B2H_LOG_DEBUG, "the log was heard")

    call config%load(argument(1))
    call config%set_log(int(B2H_LOG_DEBUG), hear)
    call config%set_log(int(B2H_LOG_DEBUG))
    call client%from_config(config)
    heard = 0
    call client%get_value("21.T12345/nobody", "URL", url, stat=stat)
    call check(heard == 0, "nobody listens any more")
    call config%set_log(77, hear, stat=stat)
    call check(stat == B2H_INVALID_ARGUMENT, "there is no such level")
  end subroutine log

  subroutine passphrases()
    type(b2h_config) :: config
    type(b2h_client) :: client
    type(b2h_error) :: error

    call config%set("handle_server_url", "https://localhost:1")
    call config%set("username", "300:21.T12345/USER01")
    call config%set("private_key", argument(2))
    call client%from_config(config, error=error)
    call failed(error, int(B2H_PASSPHRASE_NEEDED), "")
    call config%ask_passphrase(answer)
    call client%from_config(config, error=error)
    call failed(error, int(B2H_PASSPHRASE_NEEDED), "")
    call same(asked_for, argument(2))
    known = "wrong"
    call client%from_config(config, error=error)
    call failed(error, int(B2H_PASSPHRASE_WRONG), "")
    known = repeat("long", 10000)
    call client%from_config(config, error=error)
    call check(error%status /= B2H_OK, "a passphrase that does not fit")
    known = argument(3)
    call client%from_config(config)
    call config%ask_passphrase()
    call client%from_config(config, error=error)
    call failed(error, int(B2H_PASSPHRASE_NEEDED), "")
  end subroutine passphrases
end program callbacks
