// Which binary interface of C++ the headers are compiled for.
#ifndef B2HANDLE_ABI_HPP
#define B2HANDLE_ABI_HPP

#include "../b2handle.h"

#include <cstddef>

/*
 * All names are in a namespace B2H_CXX_ABI of b2h, which programs need not write. It is another one for each
 * version of the headers, standard library and setting that changes the objects in these headers. So shared
 * objects that were compiled in different ways can be in one process: the dynamic linker takes one function
 * of several that have the same name, and the functions of these headers are inline.
 *
 * For the same reason no name of b2h can be declared without its header.
 */
#if defined(_LIBCPP_VERSION)
#define B2H_CXX_LIBRARY libcxx
#define B2H_CXX_STRINGS _LIBCPP_ABI_VERSION
#elif defined(_GLIBCXX_RELEASE)
#define B2H_CXX_LIBRARY libstdcxx
#define B2H_CXX_STRINGS _GLIBCXX_USE_CXX11_ABI
#else
#define B2H_CXX_LIBRARY other
#define B2H_CXX_STRINGS 0
#endif
#if defined(_GLIBCXX_DEBUG)
#define B2H_CXX_DEBUG _debug
#else
#define B2H_CXX_DEBUG
#endif
/** 1 where exceptions are on. Without them, only the functions whose names begin with try_ are of use. */
#if defined(__cpp_exceptions)
#define B2H_HAS_EXCEPTIONS 1
#define B2H_CXX_EXCEPTIONS
#else
#define B2H_HAS_EXCEPTIONS 0
#define B2H_CXX_EXCEPTIONS _noexceptions
#endif

#define B2H_CXX_PASTE(major, minor, patch, library, strings, debug, exceptions)                              \
    v##major##_##minor##_##patch##_##library##strings##debug##exceptions
#define B2H_CXX_NAME(...) B2H_CXX_PASTE(__VA_ARGS__)
/** Such as v0_1_0_libstdcxx1. */
#define B2H_CXX_ABI                                                                                          \
    B2H_CXX_NAME(B2H_VERSION_MAJOR, B2H_VERSION_MINOR, B2H_VERSION_PATCH, B2H_CXX_LIBRARY, B2H_CXX_STRINGS,  \
                 B2H_CXX_DEBUG, B2H_CXX_EXCEPTIONS)

#endif
