# b2handle::fortran, the Fortran modules: built by the project that uses them, since no compiler reads the modules of
# another. Only where the project has enabled Fortran. Whoever includes this sets b2h_fortran_dir.
get_property(b2h_languages GLOBAL PROPERTY ENABLED_LANGUAGES)
if("Fortran" IN_LIST b2h_languages AND NOT TARGET b2handle::fortran)
  file(STRINGS "${b2h_fortran_dir}/sources.txt" b2h_sources)
  list(TRANSFORM b2h_sources PREPEND "${b2h_fortran_dir}/")
  set(b2h_modules "${CMAKE_CURRENT_BINARY_DIR}/b2handle-fortran")
  add_library(b2handle-fortran STATIC EXCLUDE_FROM_ALL ${b2h_sources})
  add_library(b2handle::fortran ALIAS b2handle-fortran)
  set_target_properties(b2handle-fortran PROPERTIES
    Fortran_FORMAT FREE
    Fortran_MODULE_DIRECTORY "${b2h_modules}"
    POSITION_INDEPENDENT_CODE ON)
  # With -fno-automatic, which programs may need, gfortran loses the texts that functions give: docs/fortran.md.
  target_compile_options(b2handle-fortran PRIVATE $<$<COMPILE_LANG_AND_ID:Fortran,GNU>:-std=f2018 -fautomatic>)
  target_include_directories(b2handle-fortran INTERFACE "${b2h_modules}")
  target_link_libraries(b2handle-fortran PUBLIC b2handle::b2handle)
endif()
