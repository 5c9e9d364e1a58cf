// Profiles: named sets of values with placeholders.
#ifndef B2HANDLE_PROFILE_HPP
#define B2HANDLE_PROFILE_HPP

#include "values.hpp"

#include <vector>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** A placeholder of a profile. */
struct placeholder {
    std::string name;
    /** The profile cannot be filled without it. */
    bool mandatory;
};

/** A named set of values with placeholders in their data, see b2h_profile_load(). Copies are cheap and share
 * it. */
class profile : public detail::shared_object<b2h_profile, b2h_profile_free>
{
  public:
    using shared_object::shared_object;

    /** A profile that comes with the library: "eudat-v1" or "rda-kernel-information". */
    static profile built_in(text name)
    {
        return try_built_in(name).value();
    }
    static result<profile> try_built_in(text name) noexcept
    {
        return detail::call<profile>(b2h_profile_built_in, name);
    }
    /** A profile of one's own, from a JSON file. */
    static profile load(text path)
    {
        return try_load(path).value();
    }
    static result<profile> try_load(text path) noexcept
    {
        return detail::call<profile>(b2h_profile_load, path);
    }

    std::string name() const
    {
        return detail::string_of(b2h_profile_name(get()));
    }
    std::string description() const
    {
        return detail::string_of(b2h_profile_description(get()));
    }
    std::vector<placeholder> placeholders() const
    {
        std::vector<placeholder> all(b2h_profile_count(get()));
        for (std::size_t nth = 0; nth < all.size(); nth++)
            all[nth] = {detail::string_of(b2h_profile_placeholder(get(), nth)),
                        b2h_profile_is_mandatory(get(), nth) != 0};
        return all;
    }

    /** The values for one Handle, with this for the placeholders: {{"NAME", "value"}, ...}. */
    values fill(const text_pairs &placeholders) const
    {
        return try_fill(placeholders).value();
    }
    result<values> try_fill(const text_pairs &placeholders) const noexcept
    {
        return detail::call<values>(b2h_profile_fill, get(), placeholders);
    }
};
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
