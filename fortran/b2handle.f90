! libb2handle for Fortran: create, read, change, find and delete persistent identifiers (Handles).
!
! What is here is described in docs/fortran.md, where it is declared (one module per subject, b2handle_*.f90), and, to the
! last detail, in b2handle.h under the same names.
!
! Failures. Every call that can fail has the optional arguments stat, errmsg and error. Without stat and error, a failure
! ends the program with its message (error stop).
!
! Text. Trailing blanks are not part of it, except where keep_blanks keeps them. Text is UTF-8, byte by byte.
!
! Objects that hold something of C (b2h_client, b2h_config, b2h_values, b2h_cursor, b2h_cancel, b2h_key, b2h_profile) free
! it when they cease to exist, or earlier with free(), which may be called as often as one likes. They cannot be copied.
! Everything that was read is plain data, and can be.
!
! Threads. All procedures are recursive, so that threads may be in one of them at the same time however it is compiled.
module b2handle
  use b2handle_constants
  use b2handle_c, only: b2h_stats
  use b2handle_client, only: b2h_client, b2h_cursor, b2h_handle
  use b2handle_config, only: b2h_config, b2h_log, b2h_passphrase
  use b2handle_connection, only: b2h_finding
  use b2handle_error, only: b2h_error
  use b2handle_keys, only: b2h_key, b2h_key_save
  use b2handle_locations, only: b2h_attribute, b2h_location, b2h_locations
  use b2handle_names, only: b2h_generate_name, b2h_library_version, b2h_library_version_number, &
    b2h_name_equal, b2h_name_from_text, b2h_name_parse, b2h_name_to_url, b2h_permissions_format, &
    b2h_permissions_parse, b2h_status_str
  use b2handle_options, only: b2h_cancel, b2h_options
  use b2handle_profile, only: b2h_profile
  use b2handle_record, only: b2h_record, b2h_reference, b2h_result, b2h_value
  use b2handle_values, only: b2h_values
  implicit none (type, external)
  public
end module b2handle
