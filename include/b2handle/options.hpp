// What may be said of a single call: how long it may take, who may end it, and how it is meant.
#ifndef B2HANDLE_OPTIONS_HPP
#define B2HANDLE_OPTIONS_HPP

#include "cancel.hpp"

#include <chrono>
#include <limits>
#include <memory>
#include <optional>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/**
 * Options of a call: client.get_value(name, "URL", b2h::call_options().timeout(2s).authenticated()). They can
 * be used for any number of calls.
 */
class call_options
{
  public:
    /**
     * The longest time that the whole call may take, instead of the client's timeout_ms; rounded up to
     * milliseconds, at most 49 days. None left (zero or less) gives B2H_TIMED_OUT, and nothing is sent.
     */
    template <class Rep, class Period> call_options &timeout(std::chrono::duration<Rep, Period> time) noexcept
    {
        timeout_ = milliseconds(time);
        return *this;
    }
    /** The time at which calls with these options end, together with timeout() whichever is earlier. */
    call_options &deadline(std::chrono::steady_clock::time_point time) noexcept
    {
        deadline_ = time;
        return *this;
    }
    /** The longest time that one attempt to connect may take, instead of the client's connect_timeout_ms. */
    template <class Rep, class Period>
    call_options &connect_timeout(std::chrono::duration<Rep, Period> time) noexcept
    {
        connect_timeout_ = milliseconds(time);
        return *this;
    }
    /** What ends the call. */
    call_options &cancel(const cancel_source &source) noexcept
    {
        cancel_ = source.share();
        cancellable_ = true;
        return *this;
    }
    /** Registering replaces the whole record of a Handle that exists already (B2H_OVERWRITE). */
    call_options &overwrite() noexcept
    {
        return flag(B2H_OVERWRITE);
    }
    /** Reading sends the credentials, and so sees values that are not public (B2H_AUTHENTICATED). */
    call_options &authenticated() noexcept
    {
        return flag(B2H_AUTHENTICATED);
    }
    /** Reading asks the server's own storage, not a cache of server or client (B2H_AUTHORITATIVE). */
    call_options &authoritative() noexcept
    {
        return flag(B2H_AUTHORITATIVE);
    }
    /** HS_ADMIN values may be changed so that nobody is left who could repair the Handle (B2H_FORCE_ADMIN).
     */
    call_options &force_admin() noexcept
    {
        return flag(B2H_FORCE_ADMIN);
    }
    /** A search gives the values of the Handles too (B2H_WITH_RECORDS). */
    call_options &with_records() noexcept
    {
        return flag(B2H_WITH_RECORDS);
    }
    /** A sum of the constants above, and of those that later versions add. */
    call_options &flag(std::uint32_t flags) noexcept
    {
        flags_ |= flags;
        return *this;
    }

  private:
    friend class detail::passed<call_options>;

    // 0 where no time is left, which for the library means its default.
    template <class Rep, class Period>
    static std::uint32_t milliseconds(std::chrono::duration<Rep, Period> time) noexcept
    {
        constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
        const double seconds = std::chrono::duration<double>(time).count();
        if (!(seconds > 0))
            return 0;
        if (seconds >= static_cast<double>(most / 1000))
            return most;
        return static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::milliseconds>(time).count());
    }

    std::optional<std::uint32_t> timeout_, connect_timeout_;
    std::optional<std::chrono::steady_clock::time_point> deadline_;
    std::uint32_t flags_ = 0;
    std::shared_ptr<const b2h_cancel> cancel_;
    bool cancellable_ = false;
};

namespace detail
{
template <> class passed<call_options>
{
  public:
    passed(const call_options &given) noexcept : cancel_(given.cancel_)
    {
        std::optional<std::uint32_t> timeout = given.timeout_;
        if (given.deadline_.has_value()) {
            // Compared first: the difference to a time long ago may be too large for a duration.
            const auto now = std::chrono::steady_clock::now();
            const std::uint32_t left =
                *given.deadline_ <= now ? 0 : call_options::milliseconds(*given.deadline_ - now);
            timeout = timeout.has_value() && *timeout < left ? *timeout : left;
        }
        if (given.cancellable_ && cancel_ == nullptr)
            refused_ = refusal::moved_from;
        else if (timeout == 0u || given.connect_timeout_ == 0u)
            refused_ = refusal::time_over;
        options_.timeout_ms = timeout.value_or(0);
        options_.connect_timeout_ms = given.connect_timeout_.value_or(0);
        options_.flags = given.flags_;
        options_.cancel = cancel_.get();
    }
    std::tuple<const b2h_call_options *> c() const noexcept
    {
        return {&options_};
    }
    refusal refused() const noexcept
    {
        return refused_;
    }

  private:
    b2h_call_options options_ = B2H_CALL_OPTIONS_INIT;
    std::shared_ptr<const b2h_cancel> cancel_;
    refusal refused_ = refusal::none;
};
} // namespace detail
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
