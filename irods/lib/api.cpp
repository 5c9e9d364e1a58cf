// The functions of b2handle_irods.h: what goes in is checked, and nothing but codes and texts leaves.
#pragma GCC visibility push(default)
#include "../include/b2handle_irods.h"
#pragma GCC visibility pop

#include "arguments.hpp"
#include "operations.hpp"
#include "paths.hpp"
#include "refusal.hpp"

#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <type_traits>

namespace b2h_irods
{
namespace
{
char *copy_of(const std::string &text)
{
    char *copy = static_cast<char *>(std::malloc(text.size() + 1));
    if (copy == nullptr)
        throw std::bad_alloc();
    std::memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
}

/** An argument that must be there. */
std::string argument(const char *given, const char *name)
{
    if (given == nullptr)
        throw refusal(B2H_IRODS_USER_PARAM_TYPE_ERR,
                      std::string("The argument \"") + name + "\" is not set.");
    if (!is_utf8(given))
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM,
                      std::string("The argument \"") + name + "\" is not UTF-8.");
    return given;
}

/** Tells why; where there is no memory for that, the code alone has to do. */
std::int32_t failed(const b2h_irods_caller *given, std::int32_t code, const char *text) noexcept
{
    try {
        caller(given).fail(code, text);
    } catch (...) {
    }
    return code;
}

template <class Body> std::int32_t guarded(const b2h_irods_caller *given, Body &&body) noexcept
{
    try {
        body();
        return B2H_IRODS_OK;
    } catch (const refusal &why) {
        return failed(given, why.code(), why.text().c_str());
    } catch (const std::bad_alloc &) {
        return failed(given, B2H_IRODS_SYS_MALLOC_ERR, "There is no memory. The outcome is unknown.");
    } catch (const std::exception &fault) {
        static_cast<void>(fault);
        return failed(given, B2H_IRODS_SYS_INTERNAL_ERR,
                      "A fault in libb2handle_irods was caught. The outcome is unknown. Please report it.");
    } catch (...) {
        return failed(given, B2H_IRODS_SYS_INTERNAL_ERR, "An exception came out of the microservice.");
    }
}

/** The configuration is for administrators to mend; others are told that it is broken, and the log why. */
std::shared_ptr<const service> service_for(const caller &who)
{
    try {
        return current_service(who);
    } catch (const refusal &why) {
        if (who.is_admin())
            throw;
        who.log(B2H_IRODS_LOG_ERROR, why.text());
        throw refusal(
            why.code(),
            "Handles cannot be used: there is a problem with the configuration. The log of the iRODS "
            "server tells an administrator which.");
    }
}

/** An operation without an output. */
template <class Body> std::int32_t run(const b2h_irods_caller *given, Body &&body) noexcept
{
    return guarded(given, [&] {
        const caller who(given);
        body(call(who, service_for(who)));
    });
}

void prepare(char **out)
{
    if (out == nullptr)
        throw refusal(B2H_IRODS_SYS_INTERNAL_NULL_INPUT_ERR, "The microservice has no place for the output.");
    *out = nullptr;
}

/** An operation with an output. */
template <class Body> std::int32_t answer(const b2h_irods_caller *given, char **out, Body &&body) noexcept
{
    return guarded(given, [&] {
        prepare(out);
        const caller who(given);
        *out = copy_of(body(call(who, service_for(who))));
    });
}

/** What needs no configuration. */
template <class Body> std::int32_t convert(const b2h_irods_caller *given, char **out, Body &&body) noexcept
{
    return guarded(given, [&] {
        prepare(out);
        const caller who(given);
        *out = copy_of(body());
    });
}
} // namespace
} // namespace b2h_irods

using namespace b2h_irods;

extern "C" {
const char *b2h_irods_version(void)
{
    return B2H_IRODS_VERSION;
}

void b2h_irods_free(char *text)
{
    std::free(text);
}

std::int32_t b2h_irods_register(const b2h_irods_caller *caller, const char *target, const char *values,
                                char **out_handle)
{
    return answer(caller, out_handle, [&](const call &in) {
        return register_handle(in, argument(target, "target"), argument(values, "values"));
    });
}

std::int32_t b2h_irods_get(const b2h_irods_caller *caller, const char *handle, const char *type, char **out)
{
    return answer(caller, out, [&](const call &in) {
        return get(in, argument(handle, "handle"), argument(type, "type"));
    });
}

std::int32_t b2h_irods_modify(const b2h_irods_caller *caller, const char *handle, const char *values)
{
    return run(caller,
               [&](const call &in) { modify(in, argument(handle, "handle"), argument(values, "values")); });
}

std::int32_t b2h_irods_unset(const b2h_irods_caller *caller, const char *handle, const char *types)
{
    return run(caller,
               [&](const call &in) { unset(in, argument(handle, "handle"), argument(types, "types")); });
}

std::int32_t b2h_irods_delete(const b2h_irods_caller *caller, const char *handle)
{
    return run(caller, [&](const call &in) { delete_handle(in, argument(handle, "handle")); });
}

std::int32_t b2h_irods_search(const b2h_irods_caller *caller, const char *query, char **out)
{
    return answer(caller, out, [&](const call &in) { return search(in, argument(query, "query")); });
}

std::int32_t b2h_irods_move(const b2h_irods_caller *caller, const char *source, const char *new_path,
                            char **out_handle)
{
    return answer(caller, out_handle, [&](const call &in) {
        return b2h_irods::move(in, argument(source, "source"), argument(new_path, "new_path"));
    });
}

std::int32_t b2h_irods_check(const b2h_irods_caller *caller, char **out)
{
    return answer(caller, out, [&](const call &in) { return check(in); });
}

std::int32_t b2h_irods_json_object(const b2h_irods_caller *caller, const char *const *keys,
                                   const char *const *values, size_t count, char **out)
{
    return convert(caller, out, [&] { return json_object(keys, values, count); });
}

std::int32_t b2h_irods_json_pairs(const b2h_irods_caller *caller, const char *const *strings, size_t count,
                                  char **out)
{
    return convert(caller, out, [&] { return json_pairs(strings, count); });
}

std::int32_t b2h_irods_json_list(const b2h_irods_caller *caller, const char *const *strings, size_t count,
                                 char **out)
{
    return convert(caller, out, [&] { return json_list(strings, count); });
}

std::int32_t b2h_irods_wrong_type(const b2h_irods_caller *caller, const char *argument, const char *given,
                                  const char *wanted)
{
    return guarded(caller, [&] {
        const bool there = given != nullptr && *given != 0;
        throw refusal(B2H_IRODS_USER_PARAM_TYPE_ERR,
                      std::string("The argument \"") + (argument != nullptr ? argument : "") + "\" " +
                          (there ? std::string("has the type ") + given + "." : "is not set.") +
                          " It must be " + (wanted != nullptr ? wanted : "a string") + ".");
    });
}
}
