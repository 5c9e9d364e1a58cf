// Who may do what.
#pragma once

#include "caller.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace b2h_irods
{
enum class operation { register_handle, get, modify, unset, delete_handle, search, move, check };
constexpr std::size_t operations = 8;

/** As the configuration calls it. */
const char *name_of(operation what) noexcept;
std::optional<operation> operation_of(const std::string &name) noexcept;

/** Who, besides a rodsadmin, may do one operation. */
struct rule {
    /** name#zone, or "*" for everybody. */
    std::vector<std::string> users;
    std::vector<std::string> groups;
    /** The access to the object that is enough (B2H_IRODS_ACCESS_...); 0 where none is. */
    std::int32_t access = 0;
};

using permissions = std::array<rule, operations>;

/** How somebody may do an operation. */
enum class right {
    none,
    /** As far as the access to the object goes. */
    by_access,
    full,
};

right right_of(const caller &who, const rule &of);

/** A right that is not `none`. */
right admit(const caller &who, const permissions &all, operation what);

/**
 * Refuses whoever has not the access to the object that the operation needs. An object that is gone (deleted
 * or moved before the rule ran) counts as its collection, or the nearest one above that is there, which the
 * user must own then; `must_exist` refuses it.
 */
void check_access(const caller &who, const permissions &all, operation what, const std::string &path,
                  bool must_exist = false);

[[noreturn]] void refuse_user(const caller &who, operation what, const std::string &why);
} // namespace b2h_irods
