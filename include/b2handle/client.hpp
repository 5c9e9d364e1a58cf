// A client of a Handle server.
#ifndef B2HANDLE_CLIENT_HPP
#define B2HANDLE_CLIENT_HPP

#include "check.hpp"
#include "config.hpp"
#include "handles.hpp"
#include "locations.hpp"
#include "options.hpp"
#include "record.hpp"
#include "values.hpp"

#include <vector>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
namespace detail
{
template <> class output<b2h_stats>
{
  public:
    std::tuple<b2h_stats *> c() noexcept
    {
        return {&stats_};
    }
    b2h_stats take() const noexcept
    {
        return stats_;
    }

  private:
    b2h_stats stats_ = B2H_STATS_INIT;
};
} // namespace detail

/**
 * A client of one Handle server, with one identity. Any number of threads may use it at once, without a lock.
 *
 * Each function throws b2h::error, and has a twin that throws nothing: try_get_value() for get_value(), with
 * the same arguments. What they do, with which requests, and the statuses of failures stand with the
 * functions of b2handle.h that have the same name: b2h_get_value().
 */
class client
{
  public:
    using c_type = b2h_client;
    static void free(b2h_client *object) noexcept
    {
        b2h_client_free(object);
    }
    /** Takes over a client that C made; it must not be freed elsewhere. */
    explicit client(b2h_client *object)
    {
        std::unique_ptr<b2h_client, freeing> owned(object);
        state_ = std::make_shared<state>();
        state_->object = std::move(owned);
    }
    /** Makes a client of a configuration, which can be used again. Makes no request. */
    explicit client(const config &settings) : client(try_from_config(settings).value())
    {
    }
    client(client &&) noexcept = default;
    client &operator=(client &&) noexcept = default;

    static result<client> try_from_config(const config &settings) noexcept
    {
        result<client> made = detail::call<client>(b2h_client_new, settings.get());
        if (made.has_value())
            made->state_->log = settings.log();
        return made;
    }
    /** Makes a client of a credentials JSON file. Makes no request. */
    static client from_json(text path)
    {
        return try_from_json(path).value();
    }
    static result<client> try_from_json(text path) noexcept
    {
        return detail::call<client>(b2h_client_from_json, path);
    }
    /** Makes a client of credentials JSON in memory. Makes no request. */
    static client from_json_text(text json)
    {
        return try_from_json_text(json).value();
    }
    static result<client> try_from_json_text(text json) noexcept
    {
        return detail::call<client>(b2h_client_from_json_text, json);
    }

    /** The client for functions of C; NULL after a move. It still belongs to this. */
    b2h_client *get() const noexcept
    {
        return state_ != nullptr ? state_->object.get() : nullptr;
    }

    /** Reads a setting of the credentials, such as "prefix". */
    std::string setting(text key) const
    {
        return try_setting(key).value();
    }
    result<std::string> try_setting(text key) const noexcept
    {
        return detail::call<std::string>(b2h_client_setting, get(), key);
    }

    /** What the client has done so far, in this process. */
    b2h_stats stats() const
    {
        return try_stats().value();
    }
    result<b2h_stats> try_stats() const noexcept
    {
        return detail::call<b2h_stats>(b2h_client_stats, get());
    }

    /** Checks the configuration against the server; nothing is changed there. */
    b2h::check check(const call_options &options = {}) const
    {
        return try_check(options).value();
    }
    result<b2h::check> try_check(const call_options &options = {}) const noexcept
    {
        return detail::call<b2h::check>(b2h_client_check, get(), options);
    }

    /** Registers a Handle that points to a URL. Gives the name as registered. */
    std::string register_handle(text name, text url, const call_options &options = {}) const
    {
        return try_register_handle(name, url, options).value();
    }
    result<std::string> try_register_handle(text name, text url,
                                            const call_options &options = {}) const noexcept
    {
        return detail::call<std::string>(b2h_register_handle, get(), name, url, options);
    }

    /** Registers a Handle with these values. Gives the name as registered. */
    std::string register_values(text name, const values &all, const call_options &options = {}) const
    {
        return try_register_values(name, all, options).value();
    }
    result<std::string> try_register_values(text name, const values &all,
                                            const call_options &options = {}) const noexcept
    {
        return detail::call<std::string>(b2h_register_values, get(), name, all.get(), options);
    }

    /** Registers a Handle under a random name, which it gives. */
    std::string generate_and_register(text prefix, const values &all, const call_options &options = {}) const
    {
        return try_generate_and_register(prefix, all, options).value();
    }
    result<std::string> try_generate_and_register(text prefix, const values &all,
                                                  const call_options &options = {}) const noexcept
    {
        return detail::call<std::string>(b2h_generate_and_register, get(), prefix, all.get(), options);
    }

    /** Registers a Handle whose name the server completes, which it gives. */
    std::string mint_handle(text start, const values &all, const call_options &options = {}) const
    {
        return try_mint_handle(start, all, options).value();
    }
    result<std::string> try_mint_handle(text start, const values &all,
                                        const call_options &options = {}) const noexcept
    {
        return detail::call<std::string>(b2h_mint_handle, get(), start, all.get(), options);
    }

    /** Reads the first value of a type, as text. */
    std::string get_value(text name, text type, const call_options &options = {}) const
    {
        return try_get_value(name, type, options).value();
    }
    result<std::string> try_get_value(text name, text type, const call_options &options = {}) const noexcept
    {
        return detail::call<std::string>(b2h_get_value, get(), name, type, options);
    }

    /** Reads a record. */
    record get_record(text name, const call_options &options = {}) const
    {
        return try_get_record(name, options).value();
    }
    result<record> try_get_record(text name, const call_options &options = {}) const noexcept
    {
        return detail::call<record>(b2h_get_record, get(), name, options);
    }

    /** Reads the values that have one of the types or one of the indexes. */
    record get_values(text name, const texts &types, const std::vector<std::uint32_t> &indexes,
                      const call_options &options = {}) const
    {
        return try_get_values(name, types, indexes, options).value();
    }
    result<record> try_get_values(text name, const texts &types, const std::vector<std::uint32_t> &indexes,
                                  const call_options &options = {}) const noexcept
    {
        return detail::call<record>(b2h_get_values, get(), name, types, indexes, options);
    }

    /** Whether a Handle exists, even where none of its values may be read. */
    bool handle_exists(text name, const call_options &options = {}) const
    {
        return try_handle_exists(name, options).value();
    }
    result<bool> try_handle_exists(text name, const call_options &options = {}) const noexcept
    {
        return detail::call<bool>(b2h_handle_exists, get(), name, options);
    }

    /** Reads many records, concurrency (0: 16) at the same time. One that fails does not keep the others
     * back, nor does one that is no name: null pointers, and texts with a NUL character inside, which C gets
     * as NULL, are B2H_INVALID_ARGUMENT alone. */
    results get_records(const texts &names, std::uint32_t concurrency = 0,
                        const call_options &options = {}) const
    {
        return try_get_records(names, concurrency, options).value();
    }
    result<results> try_get_records(const texts &names, std::uint32_t concurrency = 0,
                                    const call_options &options = {}) const noexcept
    {
        return detail::call<results>(b2h_get_records, get(), detail::one_by_one{names}, concurrency, options);
    }

    /** Changes the value of a type to a text, or adds one. */
    void modify_value(text name, text type, text data, const call_options &options = {}) const
    {
        return try_modify_value(name, type, data, options).value();
    }
    result<void> try_modify_value(text name, text type, text data,
                                  const call_options &options = {}) const noexcept
    {
        return detail::call<void>(b2h_modify_value, get(), name, type, data, options);
    }

    /** Changes or adds several values at once. */
    void modify_values(text name, const values &all, change how = change::modify_or_add,
                       const call_options &options = {}) const
    {
        return try_modify_values(name, all, how, options).value();
    }
    result<void> try_modify_values(text name, const values &all, change how = change::modify_or_add,
                                   const call_options &options = {}) const noexcept
    {
        return detail::call<void>(b2h_modify_values, get(), name, all.get(), static_cast<std::int32_t>(how),
                                  options);
    }

    /** Writes values at the indexes they have, whatever is there now. */
    void put_values(text name, const values &all, const call_options &options = {}) const
    {
        return try_put_values(name, all, options).value();
    }
    result<void> try_put_values(text name, const values &all, const call_options &options = {}) const noexcept
    {
        return detail::call<void>(b2h_put_values, get(), name, all.get(), options);
    }

    /** Adds a member to a list of users (HS_VLIST). */
    void add_to_vlist(text name, std::uint32_t index, text member, const call_options &options = {}) const
    {
        return try_add_to_vlist(name, index, member, options).value();
    }
    result<void> try_add_to_vlist(text name, std::uint32_t index, text member,
                                  const call_options &options = {}) const noexcept
    {
        return detail::call<void>(b2h_add_to_vlist, get(), name, index, member, options);
    }

    /** Removes a member from a list of users (HS_VLIST). */
    void remove_from_vlist(text name, std::uint32_t index, text member,
                           const call_options &options = {}) const
    {
        return try_remove_from_vlist(name, index, member, options).value();
    }
    result<void> try_remove_from_vlist(text name, std::uint32_t index, text member,
                                       const call_options &options = {}) const noexcept
    {
        return detail::call<void>(b2h_remove_from_vlist, get(), name, index, member, options);
    }

    /** Reads the locations of a Handle. */
    locations get_locations(text name, const call_options &options = {}) const
    {
        return try_get_locations(name, options).value();
    }
    result<locations> try_get_locations(text name, const call_options &options = {}) const noexcept
    {
        return detail::call<locations>(b2h_get_locations, get(), name, options);
    }

    /** Whether a location of a Handle has the URL. */
    bool has_location(text name, text url, const call_options &options = {}) const
    {
        return try_has_location(name, url, options).value();
    }
    result<bool> try_has_location(text name, text url, const call_options &options = {}) const noexcept
    {
        return detail::call<bool>(b2h_has_location, get(), name, url, options);
    }

    /** Adds locations to a Handle, each with the same attributes: {{"weight", "0.5"}}. */
    void add_locations(text name, const texts &urls, const text_pairs &attributes = {},
                       const call_options &options = {}) const
    {
        return try_add_locations(name, urls, attributes, options).value();
    }
    result<void> try_add_locations(text name, const texts &urls, const text_pairs &attributes = {},
                                   const call_options &options = {}) const noexcept
    {
        return detail::call<void>(b2h_add_locations, get(), name, urls, attributes, options);
    }

    /** Puts one URL in the place of another. */
    void exchange_location(text name, text old_url, text new_url, const call_options &options = {}) const
    {
        return try_exchange_location(name, old_url, new_url, options).value();
    }
    result<void> try_exchange_location(text name, text old_url, text new_url,
                                       const call_options &options = {}) const noexcept
    {
        return detail::call<void>(b2h_exchange_location, get(), name, old_url, new_url, options);
    }

    /** Removes the locations that have one of these URLs. Gives how many they were. */
    std::size_t remove_locations(text name, const texts &urls, const call_options &options = {}) const
    {
        return try_remove_locations(name, urls, options).value();
    }
    result<std::size_t> try_remove_locations(text name, const texts &urls,
                                             const call_options &options = {}) const noexcept
    {
        return detail::call<std::size_t>(b2h_remove_locations, get(), name, urls, options);
    }

    /** Deletes a Handle with all its values. */
    void delete_handle(text name, const call_options &options = {}) const
    {
        return try_delete_handle(name, options).value();
    }
    result<void> try_delete_handle(text name, const call_options &options = {}) const noexcept
    {
        return detail::call<void>(b2h_delete_handle, get(), name, options);
    }

    /** Deletes all values of these types. Gives how many they were. */
    std::size_t delete_values(text name, const texts &types, const call_options &options = {}) const
    {
        return try_delete_values(name, types, options).value();
    }
    result<std::size_t> try_delete_values(text name, const texts &types,
                                          const call_options &options = {}) const noexcept
    {
        return detail::call<std::size_t>(b2h_delete_values, get(), name, types, options);
    }

    /** Deletes the values at these indexes. Gives how many they were. */
    std::size_t delete_values_at(text name, const std::vector<std::uint32_t> &indexes,
                                 const call_options &options = {}) const
    {
        return try_delete_values_at(name, indexes, options).value();
    }
    result<std::size_t> try_delete_values_at(text name, const std::vector<std::uint32_t> &indexes,
                                             const call_options &options = {}) const noexcept
    {
        return detail::call<std::size_t>(b2h_delete_values_at, get(), name, indexes, options);
    }

    /** Finds Handles by their values: {{"URL", "*example.org*"}}. No prefix: all; limit 0: no limit. */
    handles search_handles(const text_pairs &terms, std::optional<text> prefix = std::nullopt,
                           std::size_t limit = 0, const call_options &options = {}) const
    {
        return try_search_handles(terms, prefix, limit, options).value();
    }
    result<handles> try_search_handles(const text_pairs &terms, std::optional<text> prefix = std::nullopt,
                                       std::size_t limit = 0, const call_options &options = {}) const noexcept
    {
        return detail::call<handles>(b2h_search_handles, get(), terms, prefix, limit, options);
    }

    /** Lists the Handles below a prefix; limit 0: no limit. */
    handles list_handles(text prefix, std::size_t limit = 0, const call_options &options = {}) const
    {
        return try_list_handles(prefix, limit, options).value();
    }
    result<handles> try_list_handles(text prefix, std::size_t limit = 0,
                                     const call_options &options = {}) const noexcept
    {
        return detail::call<handles>(b2h_list_handles, get(), prefix, limit, options);
    }

    /**
     * Begins a search or a listing that is gone through page by page; page_size 0: 1000. Makes no request.
     * The options are for each page too. The client must outlive the use of the cursor, and so cannot be a
     * temporary.
     */
    cursor search_open(const text_pairs &terms, std::optional<text> prefix = std::nullopt,
                       std::size_t page_size = 0, const call_options &options = {}) const &
    {
        return try_search_open(terms, prefix, page_size, options).value();
    }
    cursor search_open(const text_pairs &terms, std::optional<text> prefix = std::nullopt,
                       std::size_t page_size = 0, const call_options &options = {}) const && = delete;
    result<cursor> try_search_open(const text_pairs &terms, std::optional<text> prefix = std::nullopt,
                                   std::size_t page_size = 0,
                                   const call_options &options = {}) const &noexcept
    {
        return of_this(detail::call<cursor>(b2h_search_open, get(), terms, prefix, page_size, options),
                       options);
    }
    result<cursor> try_search_open(const text_pairs &terms, std::optional<text> prefix = std::nullopt,
                                   std::size_t page_size = 0,
                                   const call_options &options = {}) const &&noexcept = delete;
    cursor list_open(text prefix, std::size_t page_size = 0, const call_options &options = {}) const &
    {
        return try_list_open(prefix, page_size, options).value();
    }
    cursor list_open(text prefix, std::size_t page_size = 0,
                     const call_options &options = {}) const && = delete;
    result<cursor> try_list_open(text prefix, std::size_t page_size = 0,
                                 const call_options &options = {}) const &noexcept
    {
        return of_this(detail::call<cursor>(b2h_list_open, get(), prefix, page_size), options);
    }
    result<cursor> try_list_open(text prefix, std::size_t page_size = 0,
                                 const call_options &options = {}) const &&noexcept = delete;

  private:
    struct freeing {
        void operator()(b2h_client *object) const noexcept
        {
            b2h_client_free(object);
        }
    };
    // In this order: the log is still told of what freeing the client does.
    struct state {
        std::shared_ptr<const log_function> log;
        std::unique_ptr<b2h_client, freeing> object;
    };

    // A cursor needs to know the client that it was opened with.
    result<cursor> of_this(result<cursor> opened, const call_options &options) const noexcept
    {
        if (opened.has_value())
            opened->belong_to(std::shared_ptr<b2h_client>(state_, get()), options);
        return opened;
    }

    std::shared_ptr<state> state_;
};
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
