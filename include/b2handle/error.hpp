// Why a call failed: as an exception, or in the result of a call that throws none.
#ifndef B2HANDLE_ERROR_HPP
#define B2HANDLE_ERROR_HPP

#include "text.hpp"

#include <cstdlib>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/**
 * All that is known about a failed call. Copies are cheap, throw nothing, and may outlive everything else.
 *
 * The wrapper itself makes failures with B2H_INVALID_ARGUMENT (a NUL character inside a text; the client of a
 * cursor is gone), B2H_TIMED_OUT (the time was over before the call) and B2H_NO_RESOURCES (no memory).
 */
class failure
{
  public:
    /** No failure. */
    failure() noexcept = default;
    /** A failure that the library tells. */
    explicit failure(std::shared_ptr<const b2h_error> error) noexcept
        : error_(std::move(error)), status_(static_cast<b2h_status>(b2h_error_status(error_.get())))
    {
    }
    /** A failure that the wrapper tells. */
    failure(b2h_status status, const char *static_message, bool in_doubt = false) noexcept
        : message_(static_message), status_(status), in_doubt_(in_doubt)
    {
    }

    /** See the b2h_status constants, such as B2H_HANDLE_NOT_FOUND. Treat numbers you do not know as failures.
     */
    b2h_status status() const noexcept
    {
        return status_;
    }
    /** What happened, to which Handle, and what to do about it. For people; the wording may change. */
    std::string message() const
    {
        return message_c_str();
    }
    /** The HTTP status of the server's reply, such as 404; 0 where there was none. */
    std::int32_t http_status() const noexcept
    {
        return b2h_error_http_status(error_.get());
    }
    /** The response code of the Handle protocol, such as 100 for "handle not found"; 0 where there was none.
     */
    std::int32_t response_code() const noexcept
    {
        return b2h_error_response_code(error_.get());
    }
    /** The operation that failed, such as "register_handle"; "" where it was no operation on a Handle. */
    std::string operation() const
    {
        return b2h_error_operation(error_.get());
    }
    /** The Handle that the call was about, as it was written. */
    std::optional<std::string> handle() const
    {
        const char *name = b2h_error_handle(error_.get());
        return name != nullptr ? std::optional<std::string>(name) : std::nullopt;
    }
    /** Whether the same call may succeed later without any change. */
    bool retryable() const noexcept
    {
        return b2h_error_retryable(error_.get()) != 0;
    }
    /** Whether a change may have taken effect although the call failed. Read the Handle before repeating it.
     */
    bool in_doubt() const noexcept
    {
        return in_doubt_ || b2h_error_in_doubt(error_.get()) != 0;
    }

  protected:
    const char *message_c_str() const noexcept
    {
        if (error_ != nullptr)
            return b2h_error_message(error_.get());
        return message_ != nullptr ? message_ : b2h_status_str(status_);
    }

  private:
    std::shared_ptr<const b2h_error> error_;
    const char *message_ = nullptr;
    b2h_status status_ = B2H_OK;
    bool in_doubt_ = false;
};

/** The exception of all functions of this wrapper, with all that is known about the failed call. */
class error : public std::exception, public failure
{
  public:
    explicit error(failure why) noexcept : failure(std::move(why))
    {
    }
    /** The message, see failure::message(). */
    const char *what() const noexcept override
    {
        return message_c_str();
    }
};

/** What result<T> has for every T. */
class result_base
{
  public:
    /** Whether the call succeeded. */
    bool has_value() const noexcept
    {
        return failure_.status() == B2H_OK;
    }
    explicit operator bool() const noexcept
    {
        return has_value();
    }
    /** Why the call failed; status() is B2H_OK where it did not. */
    const failure &error() const &noexcept
    {
        return failure_;
    }
    failure error() &&noexcept
    {
        return std::move(failure_);
    }
    /** What a callback threw during the call, which succeeded or failed all the same. value() throws it on.
     */
    std::exception_ptr callback_exception() const noexcept
    {
        return thrown_;
    }
    /** Used by the wrapper. */
    void set_callback_exception(std::exception_ptr thrown) noexcept
    {
        thrown_ = std::move(thrown);
    }

  protected:
    result_base() noexcept = default;
    result_base(failure why) noexcept : failure_(std::move(why))
    {
    }
    /** Throws what a callback threw. Without exceptions no callback throws. */
    void rethrow() const
    {
#if B2H_HAS_EXCEPTIONS
        if (thrown_ != nullptr)
            std::rethrow_exception(thrown_);
#endif
    }
    /** Throws why there is no value. Without exceptions the process ends, as with std::optional::value(). */
    void expect() const
    {
        if (has_value())
            return;
#if B2H_HAS_EXCEPTIONS
        throw b2h::error(failure_);
#else
        std::abort();
#endif
    }

  private:
    failure failure_;
    std::exception_ptr thrown_;
};

/**
 * What became of a call that throws nothing: a value, or why there is none. Reading a value that is not there
 * throws b2h::error, and is never undefined.
 */
template <class T> class [[nodiscard]] result : public result_base
{
  public:
    result(T value) noexcept(std::is_nothrow_move_constructible_v<T>) : value_(std::move(value))
    {
    }
    result(failure why) noexcept : result_base(std::move(why))
    {
    }

    /** The value; throws what a callback threw, or why there is no value. */
    T &value() &
    {
        rethrow();
        return **this;
    }
    const T &value() const &
    {
        rethrow();
        return **this;
    }
    // By value, so that nobody holds a piece of a result that is gone: for (auto v :
    // client.try_get_record(h).value())
    T value() &&
    {
        rethrow();
        return *std::move(*this);
    }
    /** The value, whatever callbacks threw; throws why there is none. */
    T &operator*() &
    {
        expect();
        return *value_;
    }
    const T &operator*() const &
    {
        expect();
        return *value_;
    }
    T operator*() &&
    {
        expect();
        return std::move(*value_);
    }
    T *operator->()
    {
        return &**this;
    }
    const T *operator->() const
    {
        return &**this;
    }
    /** The value, or another where there is none. */
    template <class U> T value_or(U &&other) &&
    {
        return has_value() ? std::move(*value_) : static_cast<T>(std::forward<U>(other));
    }
    template <class U> T value_or(U &&other) const &
    {
        return has_value() ? *value_ : static_cast<T>(std::forward<U>(other));
    }

  private:
    std::optional<T> value_;
};

/** What became of a call that gives nothing. */
template <> class [[nodiscard]] result<void> : public result_base
{
  public:
    result() noexcept = default;
    result(failure why) noexcept : result_base(std::move(why))
    {
    }
    /** Throws what a callback threw, or why the call failed; else does nothing. */
    void value() const
    {
        rethrow();
        expect();
    }
};
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
