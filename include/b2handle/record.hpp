// Records that were read, one or many, and the values in them.
#ifndef B2HANDLE_RECORD_HPP
#define B2HANDLE_RECORD_HPP

#include "object.hpp"

#include <chrono>
#include <vector>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** A point in time as Handle servers have it, in seconds since 1970. */
using seconds_since_1970 = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

/** Another value that a value refers to. */
struct reference {
    std::string handle;
    std::uint32_t index;
};

/** A value of a record. It keeps what it needs of the record, which may be gone before it. */
class value
{
  public:
    value(std::shared_ptr<const b2h_record> record, const b2h_value *object) noexcept
        : object_(record, object)
    {
    }

    std::uint32_t index() const noexcept
    {
        return b2h_value_index(get());
    }
    /** Such as "URL". */
    std::string type() const
    {
        return detail::string_of(b2h_value_type(get()));
    }
    /** The data as text, structures as JSON; none where it is binary: then see data(). */
    std::optional<std::string> text() const
    {
        return detail::optional_of(b2h_value_text(get()));
    }
    /** The data as bytes; none for structures. */
    std::optional<bytes> data() const
    {
        std::size_t size = 0;
        const std::uint8_t *data = b2h_value_bytes(get(), &size);
        return data != nullptr ? std::optional<bytes>(bytes(data, data + size)) : std::nullopt;
    }
    /** The form of the data in the REST API: "string", "base64", "admin", "vlist", "site" or "key". */
    std::string format() const
    {
        return detail::string_of(b2h_value_format(get()));
    }
    /** How long it may be cached, where it does not say until when. */
    std::optional<std::chrono::seconds> ttl() const noexcept
    {
        if (b2h_value_ttl_is_absolute(get()) != 0)
            return std::nullopt;
        return std::chrono::seconds(b2h_value_ttl(get()));
    }
    /** Until when it may be cached, where it says so. */
    std::optional<seconds_since_1970> ttl_absolute() const noexcept
    {
        if (b2h_value_ttl_is_absolute(get()) == 0)
            return std::nullopt;
        return seconds_since_1970(std::chrono::seconds(b2h_value_ttl(get())));
    }
    /** When it was last changed, where the server says so. */
    std::optional<seconds_since_1970> timestamp() const noexcept
    {
        const std::int64_t seconds = b2h_value_timestamp(get());
        if (seconds < 0)
            return std::nullopt;
        return seconds_since_1970(std::chrono::seconds(seconds));
    }
    /** Four characters of 0 and 1: admin read, admin write, public read, public write; usually 1110. */
    std::string permissions() const
    {
        return detail::string_of(b2h_value_permissions(get()));
    }
    std::vector<reference> references() const
    {
        std::vector<reference> all(b2h_value_reference_count(get()));
        for (std::size_t nth = 0; nth < all.size(); nth++)
            all[nth] = {detail::string_of(b2h_value_reference_handle(get(), nth)),
                        b2h_value_reference_index(get(), nth)};
        return all;
    }
    /** The value for functions of C. */
    const b2h_value *get() const noexcept
    {
        return object_.get();
    }

  private:
    std::shared_ptr<const b2h_value> object_;
};

/** A record that was read, or a part of it: for (b2h::value value : record). Copies are cheap and share it.
 */
class record : public detail::shared_object<b2h_record, b2h_record_free>
{
  public:
    using iterator = detail::place_iterator<record>;
    using const_iterator = iterator;
    using shared_object::shared_object;

    /** The name of the Handle as it was asked for. */
    std::string handle() const
    {
        return detail::string_of(b2h_record_handle(get()));
    }
    /** The reply as the server sent it. */
    std::string json() const
    {
        return detail::string_of(b2h_record_json(get()));
    }
    std::size_t size() const noexcept
    {
        return b2h_record_count(get());
    }
    bool empty() const noexcept
    {
        return size() == 0;
    }
    /** A value by its place, in the server's order; one without anything beyond the last. */
    value operator[](std::size_t place) const noexcept
    {
        return {share(), b2h_record_value(get(), place)};
    }
    iterator begin() const
    {
        return {*this, 0};
    }
    iterator end() const
    {
        return {*this, size()};
    }
    /** The value with an index. */
    std::optional<value> value_at(std::uint32_t index) const noexcept
    {
        return found(b2h_record_value_at(get(), index));
    }
    /** The first, second, ... value of a type; upper and lower case are the same. */
    std::optional<value> find(text type, std::size_t nth = 0) const noexcept
    {
        const detail::terminated name(type);
        return found(b2h_record_find(get(), name.c_str(), nth));
    }

  private:
    std::optional<value> found(const b2h_value *one) const noexcept
    {
        return one != nullptr ? std::optional<value>(value(share(), one)) : std::nullopt;
    }
};

/** What became of one of several Handles. */
class outcome
{
  public:
    outcome(std::shared_ptr<const b2h_results> results, std::size_t place) noexcept
        : results_(std::move(results)), place_(place)
    {
    }
    b2h_status status() const noexcept
    {
        return static_cast<b2h_status>(b2h_results_status(results_.get(), place_));
    }
    explicit operator bool() const noexcept
    {
        return status() == B2H_OK;
    }
    /** The record; throws why there is none. */
    b2h::record record() const
    {
        return try_record().value();
    }
    /** The record, or why there is none. */
    result<b2h::record> try_record() const noexcept
    {
        if (status() == B2H_OK)
            return b2h::record({results_, b2h_results_record(results_.get(), place_)});
        // Beyond the last there is no error, and after a move no results.
        const b2h_error *error = b2h_results_error(results_.get(), place_);
        if (error == nullptr)
            return failure(status(), "There is no such Handle among the results.");
        return failure(std::shared_ptr<const b2h_error>(results_, error));
    }

  private:
    std::shared_ptr<const b2h_results> results_;
    std::size_t place_;
};

/** What became of each of several Handles, in the order in which they were given. Copies are cheap and share
 * it. */
class results : public detail::shared_object<b2h_results, b2h_results_free>
{
  public:
    using iterator = detail::place_iterator<results>;
    using const_iterator = iterator;
    using shared_object::shared_object;

    std::size_t size() const noexcept
    {
        return b2h_results_count(get());
    }
    bool empty() const noexcept
    {
        return size() == 0;
    }
    /** How many of them failed. */
    std::size_t failures() const noexcept
    {
        return b2h_results_failures(get());
    }
    outcome operator[](std::size_t place) const noexcept
    {
        return {share(), place};
    }
    iterator begin() const
    {
        return {*this, 0};
    }
    iterator end() const
    {
        return {*this, size()};
    }
};
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
