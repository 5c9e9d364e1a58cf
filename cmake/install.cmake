# What is installed, and where. Nothing installed knows its place, so the whole may be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(generated "${PROJECT_BINARY_DIR}/package")
set(cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/b2handle")

install(FILES include/b2handle.h include/b2handle.hpp TYPE INCLUDE)
install(DIRECTORY include/b2handle TYPE INCLUDE FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY fortran DESTINATION ${CMAKE_INSTALL_DATADIR}/b2handle
  FILES_MATCHING PATTERN *.f90 PATTERN sources.txt PATTERN fpm.toml)
install(FILES ${built}/libb2handle.a TYPE LIB)
set(file libb2handle.so.${PROJECT_VERSION})
install(PROGRAMS ${built}/libb2handle.so TYPE LIB RENAME ${file})
file(MAKE_DIRECTORY ${generated})
file(CREATE_LINK ${file} ${generated}/${B2H_SONAME} SYMBOLIC)
file(CREATE_LINK ${B2H_SONAME} ${generated}/libb2handle.so SYMBOLIC)
install(FILES ${generated}/${B2H_SONAME} ${generated}/libb2handle.so TYPE LIB)

configure_package_config_file(cmake/b2handleConfig.cmake.in ${generated}/b2handleConfig.cmake
  INSTALL_DESTINATION ${cmake_dir}
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_DATADIR
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# As the ABI: within one libb2handle.so.MAJOR things are only added.
write_basic_package_version_file(${generated}/b2handleConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES
  ${generated}/b2handleConfig.cmake
  ${generated}/b2handleConfigVersion.cmake
  ${PROJECT_BINARY_DIR}/b2handleTargets.cmake
  cmake/b2handleFortran.cmake
  DESTINATION ${cmake_dir})

set(from "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig")
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY "${from}" OUTPUT_VARIABLE B2H_PC_TO_PREFIX)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_INCLUDEDIR BASE_DIRECTORY "${from}" OUTPUT_VARIABLE B2H_PC_TO_INCLUDE)
list(TRANSFORM B2H_NATIVE_LIBS PREPEND -l OUTPUT_VARIABLE B2H_LIBS_PRIVATE)
list(JOIN B2H_LIBS_PRIVATE " " B2H_LIBS_PRIVATE)
configure_file(cmake/b2handle.pc.in ${generated}/b2handle.pc @ONLY)
install(FILES ${generated}/b2handle.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
