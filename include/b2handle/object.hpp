// What all objects have in common: who owns the C object, and how its parts are gone through.
#ifndef B2HANDLE_OBJECT_HPP
#define B2HANDLE_OBJECT_HPP

#include "call.hpp"

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
namespace detail
{
/** An object of the library that has one owner; movable, not copyable. After a move it is empty: calls that
 * are given it fail with B2H_INVALID_ARGUMENT, and what reads it finds nothing. */
template <class C, void (*Free)(C *)> class unique_object
{
  public:
    using c_type = C;
    static void free(C *object) noexcept
    {
        Free(object);
    }
    /** Takes over an object that C made; it must not be freed elsewhere. */
    explicit unique_object(C *object) : object_(object, Free)
    {
    }
    unique_object(unique_object &&) noexcept = default;
    unique_object &operator=(unique_object &&) noexcept = default;

    /** The object for functions of C; NULL after a move. It still belongs to this. */
    C *get() const noexcept
    {
        return object_.get();
    }
    /** The same, kept alive as long as this is held. */
    const std::shared_ptr<C> &share() const noexcept
    {
        return object_;
    }

  protected:
    ~unique_object() = default;

  private:
    std::shared_ptr<C> object_;
};

/** An object of the library that never changes. Copies share it, and so do the parts that are read from it:
 * it is freed when nobody has any of them. */
template <class C, void (*Free)(C *)> class shared_object
{
  public:
    using c_type = C;
    static void free(C *object) noexcept
    {
        Free(object);
    }
    /** Takes over an object that C made; it must not be freed elsewhere. */
    explicit shared_object(C *object) : object_(object, Free)
    {
    }
    /** Shares an object that belongs to another. */
    explicit shared_object(std::shared_ptr<const C> object) noexcept : object_(std::move(object))
    {
    }

    /** The object for functions of C; NULL after a move. */
    const C *get() const noexcept
    {
        return object_.get();
    }
    const std::shared_ptr<const C> &share() const noexcept
    {
        return object_;
    }

  protected:
    ~shared_object() = default;
    shared_object(const shared_object &) = default;
    shared_object &operator=(const shared_object &) = default;
    shared_object(shared_object &&) noexcept = default;
    shared_object &operator=(shared_object &&) noexcept = default;

  private:
    std::shared_ptr<const C> object_;
};

/** A text that belongs to an object of C, as one's own. */
inline std::string string_of(const char *characters)
{
    return characters != nullptr ? std::string(characters) : std::string();
}
inline std::optional<std::string> optional_of(const char *characters)
{
    return characters != nullptr ? std::optional<std::string>(characters) : std::nullopt;
}

/** Goes through what has size() and operator[]. It holds what it goes through. */
template <class Range> class place_iterator
{
  public:
    using value_type = decltype(std::declval<const Range &>()[0]);
    using difference_type = std::ptrdiff_t;
    using reference = value_type;
    using pointer = void;
    using iterator_category = std::input_iterator_tag;

    place_iterator() = default;
    place_iterator(const Range &range, std::size_t place) : range_(range), place_(place)
    {
    }
    reference operator*() const
    {
        return (*range_)[place_];
    }
    place_iterator &operator++() noexcept
    {
        place_++;
        return *this;
    }
    place_iterator operator++(int)
    {
        place_iterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const place_iterator &a, const place_iterator &b) noexcept
    {
        return a.place_ == b.place_;
    }
    friend bool operator!=(const place_iterator &a, const place_iterator &b) noexcept
    {
        return !(a == b);
    }

  private:
    std::optional<Range> range_;
    std::size_t place_ = 0;
};
} // namespace detail
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
