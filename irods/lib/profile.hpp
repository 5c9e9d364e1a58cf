// Profiles: the values that a Handle gets from the configuration.
#pragma once

#include "pattern.hpp"

#include <b2handle/values.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace b2h_irods
{
/** Who administers a Handle, in an HS_ADMIN value. */
struct administrator {
    pattern handle;
    std::uint32_t index;
    std::string permissions;
};

/** A value of a profile. */
struct entry {
    std::string type;
    /** 0 lets one be chosen. */
    std::uint32_t index = 0;
    pattern text;
    /** In place of a text. */
    std::optional<administrator> admin;
    /** It is left out where a path is given. */
    bool without_path = false;
    /** It is left out where no path is given. */
    bool with_path = false;

    bool applies(bool to_path) const noexcept
    {
        return to_path ? !without_path : !with_path && !text.needs_path();
    }
};

using profile = std::vector<entry>;

/** Adds what a profile makes for a Handle, without the types that are given otherwise. */
void add_profile(b2h::values &values, const profile &from, const filling &with,
                 const std::vector<std::string> &without_types);

/** Whether two types are the same: upper and lower case are. */
bool same_type(const std::string &one, const std::string &other) noexcept;
bool has_type(const std::vector<std::string> &types, const std::string &type) noexcept;
} // namespace b2h_irods
