// Settings of clients, and the functions of a program that clients call: the log, and whom to ask for a
// passphrase.
#ifndef B2HANDLE_CONFIG_HPP
#define B2HANDLE_CONFIG_HPP

#include "object.hpp"

#include <functional>
#include <string_view>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** B2H_LOG_ERROR to B2H_LOG_DEBUG */
enum class log_level : std::int32_t {
    error = B2H_LOG_ERROR,
    warning = B2H_LOG_WARNING,
    info = B2H_LOG_INFO,
    debug = B2H_LOG_DEBUG,
};

/** Is given the messages of the log; several threads may be in it at once. */
using log_function = std::function<void(log_level, std::string_view)>;
/** Is given the path of an encrypted private key, and gives its passphrase, or nothing. */
using passphrase_function = std::function<std::optional<std::string>(std::string_view)>;

namespace detail
{
// The library calls these. No exception may pass through it, so they are put aside until the call is over.

/** Calls what may throw; gives what `otherwise` is where it does. */
template <class T, class Body> T without_exceptions(T otherwise, Body &&body) noexcept
{
#if B2H_HAS_EXCEPTIONS
    try {
        return body();
    } catch (...) {
        if (put_aside != nullptr && *put_aside == nullptr)
            *put_aside = std::current_exception();
        return otherwise;
    }
#else
    static_cast<void>(otherwise);
    return body();
#endif
}

inline void log(std::int32_t level, const char *message, void *function) noexcept
{
    without_exceptions(0, [&] {
        (*static_cast<const log_function *>(function))(static_cast<log_level>(level), message);
        return 0;
    });
}

inline std::int32_t ask(const char *path, char *buffer, std::size_t size, void *function) noexcept
{
    return without_exceptions<std::int32_t>(-1, [&]() -> std::int32_t {
        std::optional<std::string> answer = (*static_cast<const passphrase_function *>(function))(path);
        if (!answer.has_value())
            return -1;
        const bool fits = answer->size() <= size;
        if (fits)
            std::memcpy(buffer, answer->data(), answer->size());
        const auto length = fits ? static_cast<std::int32_t>(answer->size()) : -1;
        clear(answer->data(), answer->size());
        return length;
    });
}
} // namespace detail

/**
 * Settings for clients, by the keys of the credentials JSON (see b2h_client_from_json()): from a file, set
 * one by one, or both; what is set later counts. Only one thread may change it at a time. Clients that were
 * made of it stay when it is gone, and keep the function that is given their log.
 */
class config : public detail::unique_object<b2h_config, b2h_config_free>
{
  public:
    using unique_object::unique_object;
    config() : config(try_new().value())
    {
    }
    static result<config> try_new() noexcept
    {
        return detail::call<config>(b2h_config_new);
    }

    /** Takes all settings of a credentials JSON file. */
    config &load(text path)
    {
        return after(try_load(path));
    }
    result<void> try_load(text path) noexcept
    {
        return detail::call<void>(b2h_config_load, get(), path);
    }

    /** Sets a key. */
    config &set(text key, text setting)
    {
        return after(try_set(key, setting));
    }
    result<void> try_set(text key, text setting) noexcept
    {
        return detail::call<void>(b2h_config_set, get(), key, setting);
    }

    /**
     * Sets the function that is given the log of the clients made from now on; an empty one for none. What it
     * throws ends no call: it is thrown on by the function that was called, in the same thread, once the
     * library has done its work. (The results of try_ functions keep it as callback_exception().)
     */
    config &set_log(log_level level, log_function function)
    {
        return after(try_set_log(level, std::move(function)));
    }
    result<void> try_set_log(log_level level, log_function function) noexcept
    {
        return set(log_, std::move(function), [&](void *kept) {
            return detail::call<void>(b2h_config_set_log, get(), static_cast<std::int32_t>(level),
                                      kept != nullptr ? b2h_log_callback(detail::log) : nullptr, kept);
        });
    }

    /**
     * Sets whom to ask for the passphrase of an encrypted private key; an empty function for nobody. What it
     * throws is thrown on by the function that made the client.
     */
    config &ask_passphrase(passphrase_function function)
    {
        return after(try_ask_passphrase(std::move(function)));
    }
    result<void> try_ask_passphrase(passphrase_function function) noexcept
    {
        return set(passphrase_, std::move(function), [&](void *kept) {
            return detail::call<void>(b2h_config_ask_passphrase, get(),
                                      kept != nullptr ? b2h_passphrase_callback(detail::ask) : nullptr, kept);
        });
    }

    /** What a client that is made now keeps: the function that is given its log. */
    std::shared_ptr<const log_function> log() const noexcept
    {
        return log_;
    }

  private:
    config &after(const result<void> &became)
    {
        became.value();
        return *this;
    }

    // Keeps the function where the library was told of it, so that it never has one that is gone.
    template <class Function, class Tell>
    static result<void> set(std::shared_ptr<const Function> &place, Function function, Tell tell) noexcept
    {
        std::shared_ptr<Function> kept;
#if B2H_HAS_EXCEPTIONS
        try {
#endif
            if (function)
                kept = std::make_shared<Function>(std::move(function));
#if B2H_HAS_EXCEPTIONS
        } catch (...) {
            return detail::refused(detail::refusal::no_memory);
        }
#endif
        result<void> became = tell(kept.get());
        if (became)
            place = std::move(kept);
        return became;
    }

    std::shared_ptr<const log_function> log_;
    std::shared_ptr<const passphrase_function> passphrase_;
};
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
