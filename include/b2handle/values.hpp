// Values to be written.
#ifndef B2HANDLE_VALUES_HPP
#define B2HANDLE_VALUES_HPP

#include "object.hpp"

#include <chrono>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** What becomes of values that a Handle has, or has not: B2H_MODIFY_OR_ADD and so on. */
enum class change : std::int32_t {
    modify_or_add = B2H_MODIFY_OR_ADD,
    modify_only = B2H_MODIFY_ONLY,
    add_only = B2H_ADD_ONLY,
};

/** The order of characters in permissions: B2H_ORDER_JSON, B2H_ORDER_BATCH. */
enum class order : std::int32_t { json = B2H_ORDER_JSON, batch = B2H_ORDER_BATCH };

/**
 * A list of values to be written: b2h::values().add_text("URL", "https://example.org/").add_text("EMAIL",
 * "a@b").
 *
 * Only one thread may change it at a time. Index 0 lets an index be chosen.
 */
class values : public detail::unique_object<b2h_values, b2h_values_free>
{
  public:
    using unique_object::unique_object;
    values() : values(try_new().value())
    {
    }
    static result<values> try_new() noexcept
    {
        return detail::call<values>(b2h_values_new);
    }

    std::size_t size() const noexcept
    {
        return b2h_values_count(get());
    }
    bool empty() const noexcept
    {
        return size() == 0;
    }

    /** A text, at most 1 MiB. */
    values &add_text(text type, text data, std::uint32_t index = 0)
    {
        return after(try_add_text(type, data, index));
    }
    result<void> try_add_text(text type, text data, std::uint32_t index = 0) noexcept
    {
        return detail::call<void>(b2h_values_add_text, get(), index, type, data);
    }

    /** Binary data, at most 1 MiB. */
    values &add_bytes(text type, bytes_view data, std::uint32_t index = 0)
    {
        return after(try_add_bytes(type, data, index));
    }
    result<void> try_add_bytes(text type, bytes_view data, std::uint32_t index = 0) noexcept
    {
        return detail::call<void>(b2h_values_add_bytes, get(), index, type, data);
    }

    /** An HS_ADMIN value: owner is index:prefix/suffix; permissions are 12 characters, see
     * permissions_format(). */
    values &add_admin(text owner, text permissions, std::uint32_t index = 0)
    {
        return after(try_add_admin(owner, permissions, index));
    }
    result<void> try_add_admin(text owner, text permissions, std::uint32_t index = 0) noexcept
    {
        return detail::call<void>(b2h_values_add_admin, get(), index, owner, permissions);
    }

    /** An HS_VLIST value: a list of users, index:prefix/suffix each. */
    values &add_vlist(const texts &members, std::uint32_t index = 0)
    {
        return after(try_add_vlist(members, index));
    }
    result<void> try_add_vlist(const texts &members, std::uint32_t index = 0) noexcept
    {
        return detail::call<void>(b2h_values_add_vlist, get(), index, members);
    }

    /** Locations for the 10320/LOC value of the list, each with the same attributes. */
    values &add_locations(const texts &urls, const text_pairs &attributes = {})
    {
        return after(try_add_locations(urls, attributes));
    }
    result<void> try_add_locations(const texts &urls, const text_pairs &attributes = {}) noexcept
    {
        return detail::call<void>(b2h_values_add_locations, get(), urls, attributes);
    }

    /** A structure in JSON; format is "key", "site", "admin" or "vlist". */
    values &add_structured(text type, text format, text json, std::uint32_t index = 0)
    {
        return after(try_add_structured(type, format, json, index));
    }
    result<void> try_add_structured(text type, text format, text json, std::uint32_t index = 0) noexcept
    {
        return detail::call<void>(b2h_values_add_structured, get(), index, type, format, json);
    }

    /** Values as the REST API and B2HANDLE write them in JSON: all of them, or none. */
    values &add_json(text json)
    {
        return after(try_add_json(json));
    }
    result<void> try_add_json(text json) noexcept
    {
        return detail::call<void>(b2h_values_add_json, get(), json);
    }

    /** How long the value that was added last may be cached. */
    values &set_ttl(std::chrono::seconds time)
    {
        return after(try_set_ttl(time));
    }
    result<void> try_set_ttl(std::chrono::seconds time) noexcept
    {
        return detail::call<void>(b2h_values_set_ttl, get(), static_cast<std::int64_t>(time.count()));
    }

    /** Until when the value that was added last may be cached. */
    values &set_ttl_absolute(std::chrono::system_clock::time_point time)
    {
        return after(try_set_ttl_absolute(time));
    }
    result<void> try_set_ttl_absolute(std::chrono::system_clock::time_point time) noexcept
    {
        const auto since_1970 = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
        return detail::call<void>(b2h_values_set_ttl_absolute, get(),
                                  static_cast<std::int64_t>(since_1970.count()));
    }

    /** Who may read and write the value that was added last: four characters, see value::permissions(). */
    values &set_permissions(text permissions)
    {
        return after(try_set_permissions(permissions));
    }
    result<void> try_set_permissions(text permissions) noexcept
    {
        return detail::call<void>(b2h_values_set_permissions, get(), permissions);
    }

  private:
    values &after(const result<void> &became)
    {
        became.value();
        return *this;
    }
};

/** Writes a sum of B2H_MAY_... constants as 12 characters of 0 and 1. */
inline result<std::string> try_permissions_format(std::uint32_t permissions, order in = order::json) noexcept
{
    return detail::call<std::string>(b2h_permissions_format, permissions, static_cast<std::int32_t>(in));
}
inline std::string permissions_format(std::uint32_t permissions, order in = order::json)
{
    return try_permissions_format(permissions, in).value();
}

/** Reads 12 characters of 0 and 1 as a sum of B2H_MAY_... constants. */
inline result<std::uint32_t> try_permissions_parse(text permissions, order in = order::json) noexcept
{
    return detail::call<std::uint32_t>(b2h_permissions_parse, permissions, static_cast<std::int32_t>(in));
}
inline std::uint32_t permissions_parse(text permissions, order in = order::json)
{
    return try_permissions_parse(permissions, in).value();
}
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
