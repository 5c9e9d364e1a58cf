// What client::check() found out.
#ifndef B2HANDLE_CHECK_HPP
#define B2HANDLE_CHECK_HPP

#include "object.hpp"

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** B2H_CHECK_GOOD and so on */
enum class verdict : std::int32_t {
    good = B2H_CHECK_GOOD,
    bad = B2H_CHECK_BAD,
    unknown = B2H_CHECK_UNKNOWN,
    not_configured = B2H_CHECK_NOT_CONFIGURED,
};

/** One thing that was checked. */
struct finding {
    /** Such as "credentials". */
    std::string subject;
    b2h::verdict verdict;
    /** What was found, and where it is not good, what to do. */
    std::string message;
};

/** What was found out, one finding after another. Copies are cheap and share it. */
class check : public detail::shared_object<b2h_check, b2h_check_free>
{
  public:
    using iterator = detail::place_iterator<check>;
    using const_iterator = iterator;
    using shared_object::shared_object;

    std::size_t size() const noexcept
    {
        return b2h_check_count(get());
    }
    bool empty() const noexcept
    {
        return size() == 0;
    }
    finding operator[](std::size_t nth) const
    {
        return {detail::string_of(b2h_check_subject(get(), nth)),
                static_cast<verdict>(b2h_check_verdict(get(), nth)),
                detail::string_of(b2h_check_message(get(), nth))};
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
