! A program of a project whose local variables are all kept from call to call (-fno-automatic).
program saved
  use b2handle
  implicit none
  character(:), allocatable :: name

  call b2h_name_from_text("21.T12345", "url", "run 1", name)
  if (.not. b2h_name_equal(name, "hdl:"//name)) error stop "another name: "//name
  if (b2h_library_version() /= B2H_VERSION_STRING) error stop "another version: "//b2h_library_version()
  print "(a)", "It works."
end program saved
