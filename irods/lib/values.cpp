// Values on their way into a record: those of a user as they are, those of a profile filled.
#include "arguments.hpp"
#include "library.hpp"
#include "profile.hpp"

namespace b2h_irods
{
void given_values::add_to(b2h::values &values) const
{
    if (!array.empty()) {
        done(values.try_add_json(array));
        return;
    }
    for (const auto &one : texts)
        done(values.try_add_text(one.first, one.second));
}

void add_profile(b2h::values &values, const profile &from, const filling &with,
                 const std::vector<std::string> &without_types)
{
    for (const entry &one : from) {
        if (!one.applies(!with.path.empty()) || has_type(without_types, one.type))
            continue;
        if (one.admin.has_value()) {
            const std::string owner = std::to_string(one.admin->index) + ":" + one.admin->handle.fill(with);
            done(values.try_add_admin(owner, one.admin->permissions, one.index));
        } else {
            done(values.try_add_text(one.type, one.text.fill(with), one.index));
        }
    }
}
} // namespace b2h_irods
