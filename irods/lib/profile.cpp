#include "profile.hpp"

#include <algorithm>

namespace b2h_irods
{
bool same_type(const std::string &one, const std::string &other) noexcept
{
    const auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    };
    return one.size() == other.size() && std::equal(one.begin(), one.end(), other.begin(),
                                                    [&](char a, char b) { return lower(a) == lower(b); });
}

bool has_type(const std::vector<std::string> &types, const std::string &type) noexcept
{
    return std::any_of(types.begin(), types.end(),
                       [&](const std::string &one) { return same_type(one, type); });
}
} // namespace b2h_irods
