// Names of Handles. Nothing here makes a request or registers anything.
#ifndef B2HANDLE_NAME_HPP
#define B2HANDLE_NAME_HPP

#include "call.hpp"

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** What a name means that somebody wrote. */
struct parsed_name {
    /** prefix/suffix */
    std::string handle;
    std::string prefix;
    std::string suffix;
    /** The index of a value before the name, as in 300:prefix/suffix. */
    std::optional<std::uint32_t> index;
};

namespace detail
{
template <> class output<parsed_name>
{
  public:
    auto c() noexcept
    {
        return std::tuple_cat(handle_.c(), prefix_.c(), suffix_.c(), index_.c());
    }
    parsed_name take() const
    {
        const std::uint32_t index = index_.take();
        return {handle_.take(), prefix_.take(), suffix_.take(),
                index != 0 ? std::optional<std::uint32_t>(index) : std::nullopt};
    }

  private:
    output<std::string> handle_, prefix_, suffix_;
    output<std::uint32_t> index_;
};
} // namespace detail

/** A random name: the prefix and a UUID of version 4. */
inline result<std::string> try_generate_name(text prefix) noexcept
{
    return detail::call<std::string>(b2h_generate_name, prefix);
}
inline std::string generate_name(text prefix)
{
    return try_generate_name(prefix).value();
}

/** The name that belongs to a text, always the same: see b2h_name_from_text(). Version is 5 or 3. */
inline result<std::string> try_name_from_text(text prefix, text name_space, text content,
                                              std::int32_t version = 5) noexcept
{
    return detail::call<std::string>(b2h_name_from_text, prefix, name_space, content, version);
}
inline std::string name_from_text(text prefix, text name_space, text content, std::int32_t version = 5)
{
    return try_name_from_text(prefix, name_space, content, version).value();
}

/** Reads a name as people write it: plain, hdl:, doi:, the URL of a resolver, with an index. See
 * b2h_name_parse(). */
inline result<parsed_name> try_name_parse(text written) noexcept
{
    return detail::call<parsed_name>(b2h_name_parse, written);
}
inline parsed_name name_parse(text written)
{
    return try_name_parse(written).value();
}

/** Whether two texts name the same Handle, in whatever forms they are written. False for what is no name. */
inline bool name_equal(text first, text second) noexcept
{
    const detail::terminated a(first), b(second);
    return b2h_name_equal(a.c_str(), b.c_str()) != 0;
}

/** The URL under which everybody can resolve a Handle; https://hdl.handle.net without another resolver. */
inline result<std::string> try_name_to_url(text name, std::optional<text> resolver = std::nullopt) noexcept
{
    return detail::call<std::string>(b2h_name_to_url, name, resolver);
}
inline std::string name_to_url(text name, std::optional<text> resolver = std::nullopt)
{
    return try_name_to_url(name, resolver).value();
}
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
