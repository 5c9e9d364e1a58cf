// How calls are ended from elsewhere.
#ifndef B2HANDLE_CANCEL_HPP
#define B2HANDLE_CANCEL_HPP

#include "object.hpp"

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/**
 * Ends calls from elsewhere: give it to any number of calls with call_options::cancel(), and trigger it in
 * any thread or in a signal handler. The calls end with B2H_CANCELLED; see b2h_cancel_trigger(). Options keep
 * what they need of it, so it may be gone before they are.
 */
class cancel_source : public detail::unique_object<b2h_cancel, b2h_cancel_free>
{
  public:
    using unique_object::unique_object;
    /** It takes a file descriptor. */
    cancel_source() : cancel_source(try_new().value())
    {
    }
    static result<cancel_source> try_new() noexcept
    {
        return detail::call<cancel_source>(b2h_cancel_new);
    }

    /** Ends all calls that have it, and all that will be given it. */
    void trigger() const noexcept
    {
        b2h_cancel_trigger(get());
    }
    bool is_triggered() const noexcept
    {
        return b2h_cancel_is_triggered(get()) != 0;
    }
};
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
