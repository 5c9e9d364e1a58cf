// How every function of the library is called: what goes in, what comes out, and what must not pass through.
#ifndef B2HANDLE_CALL_HPP
#define B2HANDLE_CALL_HPP

#include "error.hpp"

#include <memory>
#include <new>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
namespace detail
{
// What goes in. passed<T> holds an argument in C's form while a call lasts: c() gives the arguments that it
// is in C, and refused() says why it cannot be passed.

template <class T> class passed
{
  public:
    passed(const T &given) noexcept : given_(given)
    {
    }
    std::tuple<T> c() const noexcept
    {
        return {given_};
    }
    refusal refused() const noexcept
    {
        return refusal::none;
    }

  private:
    T given_;
};

template <> class passed<text>
{
  public:
    passed(const text &given) noexcept : copy_(given)
    {
    }
    std::tuple<const char *> c() const noexcept
    {
        return {copy_.c_str()};
    }
    refusal refused() const noexcept
    {
        return copy_.refused();
    }

  private:
    terminated copy_;
};

/** A text that may be left out is NULL in C; one that is there and a null pointer is refused. */
template <> class passed<std::optional<text>>
{
  public:
    passed(const std::optional<text> &given) noexcept : copy_(given.value_or(std::string_view()))
    {
        there_ = given.has_value();
    }
    std::tuple<const char *> c() const noexcept
    {
        return {there_ ? copy_.c_str() : nullptr};
    }
    refusal refused() const noexcept
    {
        return copy_.c_str() == nullptr && copy_.refused() == refusal::none ? refusal::null : copy_.refused();
    }

  private:
    terminated copy_;
    bool there_;
};

template <> class passed<texts>
{
  public:
    passed(const texts &given) noexcept : given_(given)
    {
    }
    std::tuple<const char *const *, std::size_t> c() const noexcept
    {
        return {given_.data(), given_.size()};
    }
    refusal refused() const noexcept
    {
        return given_.refused();
    }

  private:
    const texts &given_;
};

/** Texts of which C judges each by itself: one that is refused here is NULL there. */
struct one_by_one {
    const texts &all;
};

template <> class passed<one_by_one> : public passed<texts>
{
  public:
    passed(const one_by_one &given) noexcept : passed<texts>(given.all)
    {
    }
    refusal refused() const noexcept
    {
        const refusal why = passed<texts>::refused();
        return why == refusal::nul_inside ? refusal::none : why;
    }
};

template <> class passed<text_pairs>
{
  public:
    passed(const text_pairs &given) noexcept : given_(given)
    {
    }
    std::tuple<const char *const *, const char *const *, std::size_t> c() const noexcept
    {
        return {given_.names().data(), given_.values().data(), given_.names().size()};
    }
    refusal refused() const noexcept
    {
        return given_.refused();
    }

  private:
    const text_pairs &given_;
};

template <> class passed<bytes_view> : public passed<const std::uint8_t *>
{
  public:
    passed(const bytes_view &given) noexcept : passed<const std::uint8_t *>(given.data()), size_(given.size())
    {
    }
    std::tuple<const std::uint8_t *, std::size_t> c() const noexcept
    {
        return std::tuple_cat(passed<const std::uint8_t *>::c(), std::make_tuple(size_));
    }

  private:
    std::size_t size_;
};

template <> class passed<std::vector<std::uint32_t>>
{
  public:
    passed(const std::vector<std::uint32_t> &given) noexcept : given_(given)
    {
    }
    std::tuple<const std::uint32_t *, std::size_t> c() const noexcept
    {
        return {given_.data(), given_.size()};
    }
    refusal refused() const noexcept
    {
        return refusal::none;
    }

  private:
    const std::vector<std::uint32_t> &given_;
};

// What comes out. output<T> has a place for the output parameters of a function, and makes a T of them.

/** An object that has a C object, and is made of it. */
template <class T, class = void> class output
{
  public:
    ~output()
    {
        T::free(object_);
    }
    auto c() noexcept
    {
        return std::make_tuple(&object_);
    }
    T take()
    {
        return T(std::exchange(object_, nullptr));
    }
    bool is_null() const noexcept
    {
        return object_ == nullptr;
    }

  private:
    typename T::c_type *object_ = nullptr;
};

template <> class output<void>
{
  public:
    std::tuple<> c() noexcept
    {
        return {};
    }
};

/** A number as it is. */
template <class T> class output<T, std::enable_if_t<std::is_unsigned_v<T> && !std::is_same_v<T, bool>>>
{
  public:
    std::tuple<T *> c() noexcept
    {
        return {&number_};
    }
    T take() const noexcept
    {
        return number_;
    }

  private:
    T number_ = 0;
};

template <> class output<bool>
{
  public:
    std::tuple<std::int32_t *> c() noexcept
    {
        return {&number_};
    }
    bool take() const noexcept
    {
        return number_ != 0;
    }

  private:
    std::int32_t number_ = 0;
};

template <> class output<std::string>
{
  public:
    ~output()
    {
        b2h_string_free(text_);
    }
    std::tuple<char **> c() noexcept
    {
        return {&text_};
    }
    std::string take() const
    {
        return text_;
    }

  private:
    char *text_ = nullptr;
};

template <> class output<bytes>
{
  public:
    ~output()
    {
        b2h_bytes_free(data_);
    }
    std::tuple<std::uint8_t **, std::size_t *> c() noexcept
    {
        return {&data_, &size_};
    }
    bytes take() const
    {
        return bytes(data_, data_ + size_);
    }

  private:
    std::uint8_t *data_ = nullptr;
    std::size_t size_ = 0;
};

// What must not pass through: exceptions of callbacks. The trampolines of config.hpp put them aside here, on
// the thread that is in the call, and the call's result holds them.

inline thread_local std::exception_ptr *put_aside = nullptr;

class exceptions_of_callbacks
{
  public:
    exceptions_of_callbacks() noexcept : outer_(std::exchange(put_aside, &thrown_))
    {
    }
    exceptions_of_callbacks(const exceptions_of_callbacks &) = delete;
    exceptions_of_callbacks &operator=(const exceptions_of_callbacks &) = delete;
    ~exceptions_of_callbacks()
    {
        put_aside = outer_;
    }
    std::exception_ptr take() noexcept
    {
        return std::move(thrown_);
    }

  private:
    std::exception_ptr thrown_;
    std::exception_ptr *outer_;
};

/** What the wrapper itself says about a call that it refuses. */
inline failure refused(refusal why) noexcept
{
    switch (why) {
    case refusal::none:
        break;
    case refusal::null:
        return {B2H_INVALID_ARGUMENT, "A text is a null pointer. Nothing was sent."};
    case refusal::nul_inside:
        return {B2H_INVALID_ARGUMENT,
                "A text has a NUL character inside, where it would be cut off. Nothing was sent."};
    case refusal::time_over:
        return {B2H_TIMED_OUT, "The time was over before the call began. Nothing was sent."};
    case refusal::no_memory:
        return {B2H_NO_RESOURCES, "There is no memory for a text. Nothing was sent."};
    case refusal::moved_from:
        return {B2H_INVALID_ARGUMENT, "A cancel source or a client was moved from. Nothing was sent."};
    }
    return {};
}

/**
 * Calls a function of the library. What it is given stands in the order of C, up to the output parameters,
 * which are made here, as is the error.
 */
template <class T, class... C, class... Given>
result<T> call_or_throw(bool &made, b2h_status (*function)(C...), const Given &...given)
{
    const std::tuple<passed<Given>...> arguments(given...);
    refusal why = refusal::none;
    std::apply([&](const auto &...one) { ((why = why != refusal::none ? why : one.refused()), ...); },
               arguments);
    if (why != refusal::none)
        return refused(why);
    output<T> out;
    b2h_error *error = nullptr;
    const auto all = std::apply(
        [&](const auto &...one) { return std::tuple_cat(one.c()..., out.c(), std::make_tuple(&error)); },
        arguments);
    made = true;
    const b2h_status status = std::apply(function, all);
    if (status != B2H_OK)
        return failure(std::shared_ptr<const b2h_error>(error, b2h_error_free));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return out.take();
}

/** The same without exceptions: those of callbacks are in the result, and no memory is a failure. */
template <class T, class... C, class... Given>
result<T> call(b2h_status (*function)(C...), const Given &...given) noexcept
{
    exceptions_of_callbacks callbacks;
    bool made = false;
#if B2H_HAS_EXCEPTIONS
    try {
#endif
        result<T> became = call_or_throw<T>(made, function, given...);
        became.set_callback_exception(callbacks.take());
        return became;
#if B2H_HAS_EXCEPTIONS
    } catch (...) {
        result<T> became = failure(B2H_NO_RESOURCES, "There is no memory for the outcome of the call.", made);
        became.set_callback_exception(callbacks.take());
        return became;
    }
#endif
}
} // namespace detail
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
