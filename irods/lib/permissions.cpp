#include "permissions.hpp"
#include "paths.hpp"
#include "refusal.hpp"

#include <algorithm>

namespace b2h_irods
{
namespace
{
constexpr std::array<const char *, operations> names = {"register", "get",    "modify", "unset",
                                                        "delete",   "search", "move",   "check"};

const rule &rule_of(const permissions &all, operation what) noexcept
{
    return all[static_cast<std::size_t>(what)];
}

const char *words_for(std::int32_t access) noexcept
{
    return access == B2H_IRODS_ACCESS_OWN ? "own" : access == B2H_IRODS_ACCESS_WRITE ? "write" : "read";
}
} // namespace

const char *name_of(operation what) noexcept
{
    return names[static_cast<std::size_t>(what)];
}

std::optional<operation> operation_of(const std::string &name) noexcept
{
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<operation>(found - names.begin());
}

right right_of(const caller &who, const rule &of)
{
    const auto has = [](const std::vector<std::string> &list, const std::string &one) {
        return std::find(list.begin(), list.end(), one) != list.end();
    };
    if (who.is_admin() || has(of.users, "*"))
        return right::full;
    if (!who.name().empty() && has(of.users, who.name()))
        return right::full;
    for (const std::string &group : of.groups)
        if (who.is_in_group(group))
            return right::full;
    return of.access != 0 ? right::by_access : right::none;
}

right admit(const caller &who, const permissions &all, operation what)
{
    const right found = right_of(who, rule_of(all, what));
    if (found == right::none)
        refuse_user(who, what,
                    "Nobody may but rodsadmins and those to whom the configuration gives the permission \"" +
                        std::string(name_of(what)) + "\".");
    return found;
}

void check_access(const caller &who, const permissions &all, operation what, const std::string &path,
                  bool must_exist)
{
    std::int32_t needed = rule_of(all, what).access;
    std::string of = path;
    std::int32_t found = who.access(path, needed);
    for (auto above = collection_of(of);
         found == B2H_IRODS_DOES_NOT_EXIST && !must_exist && above.has_value(); above = collection_of(of)) {
        needed = B2H_IRODS_ACCESS_OWN;
        of = *above;
        found = who.access(of, needed);
    }
    if (found != 1)
        refuse_user(
            who, what,
            std::string("That needs ") + words_for(needed) + " access to " + of +
                (found < 0 ? ", which could not be found out (" + std::to_string(found) + ")." : "."));
}

void refuse_user(const caller &who, operation what, const std::string &why)
{
    throw refusal(B2H_IRODS_SYS_USER_NO_PERMISSION, (who.name().empty() ? "The user" : who.name()) +
                                                        " does not have the permission \"" + name_of(what) +
                                                        "\". " + why);
}
} // namespace b2h_irods
