// How to get the key of a server that HTTPS_verify names from then on.
#ifndef B2HANDLE_SERVER_KEY_HPP
#define B2HANDLE_SERVER_KEY_HPP

#include "client.hpp"

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** Asks the configured server for its key, and believes it: trust on first use. See
 * b2h_server_key_from_site(). */
inline result<std::string> try_server_key_from_site(const config &settings,
                                                    const call_options &options = {}) noexcept
{
    return detail::call<std::string>(b2h_server_key_from_site, settings.get(), options);
}
inline std::string server_key_from_site(const config &settings, const call_options &options = {})
{
    return try_server_key_from_site(settings, options).value();
}

/**
 * Reads the key of a prefix's server from the record of the prefix, on a verified resolver:
 * https://hdl.handle.net, or that of a client. Without a prefix, that of the configuration counts. See
 * b2h_server_key_from_prefix().
 */
inline result<std::string> try_server_key_from_prefix(const config &settings,
                                                      std::optional<text> prefix = std::nullopt,
                                                      const call_options &options = {}) noexcept
{
    return detail::call<std::string>(b2h_server_key_from_prefix, settings.get(), prefix,
                                     static_cast<b2h_client *>(nullptr), options);
}
inline result<std::string> try_server_key_from_prefix(const config &settings, std::optional<text> prefix,
                                                      const client &resolver,
                                                      const call_options &options = {}) noexcept
{
    // NULL means something else here.
    if (resolver.get() == nullptr)
        return detail::refused(detail::refusal::moved_from);
    return detail::call<std::string>(b2h_server_key_from_prefix, settings.get(), prefix, resolver.get(),
                                     options);
}
inline std::string server_key_from_prefix(const config &settings, std::optional<text> prefix = std::nullopt,
                                          const call_options &options = {})
{
    return try_server_key_from_prefix(settings, prefix, options).value();
}
inline std::string server_key_from_prefix(const config &settings, std::optional<text> prefix,
                                          const client &resolver, const call_options &options = {})
{
    return try_server_key_from_prefix(settings, prefix, resolver, options).value();
}
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
