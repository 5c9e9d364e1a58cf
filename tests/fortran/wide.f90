! Integers of 8 bytes, as -fdefault-integer-8 makes them: what C has no room for is refused, never cut.
program wide
  use b2handle
  use checks
  implicit none (type, external)
  integer, parameter :: CUT = 2_8**32 + 1

  call numbers()
  print "(a)", "OK"

contains

  subroutine numbers()
    type(b2h_client) :: client
    type(b2h_values) :: values
    type(b2h_record) :: record
    type(b2h_result), allocatable :: results(:)
    type(b2h_error) :: error
    character(:), allocatable :: text

    call values%add_text("URL", "x", index=CUT, error=error)
    call failed(error, int(B2H_INVALID_ARGUMENT), "index")
    call values%add_text("URL", "x", index=2_8**31 - 1)
    call client%get_values("21.T12345/EXAMPLE", record, indexes=[1_8, CUT], error=error)
    call failed(error, int(B2H_INVALID_ARGUMENT), "indexes")
    call client%delete_values_at("21.T12345/EXAMPLE", [CUT], error=error)
    call failed(error, int(B2H_INVALID_ARGUMENT), "indexes")
    call client%add_to_vlist("21.T12345/EXAMPLE", CUT, "300:21.T12345/USER", error=error)
    call failed(error, int(B2H_INVALID_ARGUMENT), "index")
    call client%get_records(["21.T12345/EXAMPLE"], results, concurrency=CUT, error=error)
    call failed(error, int(B2H_INVALID_ARGUMENT), "concurrency")
    call client%get_value("21.T12345/EXAMPLE", "URL", text, options=b2h_options(timeout_ms=CUT), error=error)
    call failed(error, int(B2H_INVALID_ARGUMENT), "timeout_ms")
    call b2h_permissions_format(CUT, text, error=error)
    call failed(error, int(B2H_INVALID_ARGUMENT), "permissions")
    call b2h_name_from_text("21.T12345", "url", "x", text, version=2_8**32 + 5, error=error)
    call failed(error, int(B2H_INVALID_ARGUMENT), "version")
  end subroutine numbers
end program wide
