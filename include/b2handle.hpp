/*
 * libb2handle for C++17 and later: header-only, over b2handle.h. No C++ object crosses the library, so any
 * compiler and any standard library will do. docs/cpp.md is the start; the conventions of b2handle.h hold.
 *
 * Names: b2h_get_value(client, ...) is client.get_value(...), b2h_values_add_text(values, ...) is
 * values.add_text(...), and what belongs to no object is a function: b2h_generate_name() is
 * b2h::generate_name().
 *
 * Failures: a function throws b2h::error, which has all that b2h_error has. Its twin try_get_value() is
 * noexcept and gives a b2h::result. (Arguments in braces and containers are copied by the caller, who may run
 * out of memory there.) Without exceptions (-fno-exceptions, in all sources of a program) use
 * the twins: a failure of the others ends the process.
 *
 * Lifetime: what is read (records, locations, Handles, results) never changes, is shared by its copies and by
 * the values, locations and Handles in it, and is freed with the last of them. Everything else can be moved,
 * not copied; after a move, functions that are given it fail with B2H_INVALID_ARGUMENT.
 *
 * Callbacks may throw: see b2h::config::set_log().
 */
#ifndef B2HANDLE_HPP
#define B2HANDLE_HPP

#include "b2handle/cancel.hpp"
#include "b2handle/check.hpp"
#include "b2handle/client.hpp"
#include "b2handle/config.hpp"
#include "b2handle/error.hpp"
#include "b2handle/handles.hpp"
#include "b2handle/key.hpp"
#include "b2handle/locations.hpp"
#include "b2handle/name.hpp"
#include "b2handle/options.hpp"
#include "b2handle/profile.hpp"
#include "b2handle/record.hpp"
#include "b2handle/server_key.hpp"
#include "b2handle/text.hpp"
#include "b2handle/values.hpp"

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** The version of the library that is running; B2H_VERSION_STRING is the one the program was compiled with.
 */
inline std::string version()
{
    return b2h_version();
}
/** The same as a number to compare with B2H_VERSION_NUMBER. */
inline std::int32_t version_number() noexcept
{
    return b2h_version_number();
}
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
