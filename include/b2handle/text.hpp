// Texts and bytes on their way into the library.
#ifndef B2HANDLE_TEXT_HPP
#define B2HANDLE_TEXT_HPP

#if __cplusplus < 201703L
#error "b2handle.hpp needs C++17 or later: -std=c++17, or the CMake target b2handle::cxx"
#endif

#include "abi.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/**
 * A text that is given to a function: UTF-8, a std::string_view, a std::string or a pointer to characters
 * that end with NUL. It is made for parameters and does not own the characters.
 *
 * A null pointer is refused by the function that is given it (B2H_INVALID_ARGUMENT), and so is a NUL
 * character inside, where C would cut the text off.
 */
class text
{
  public:
    text(const char *characters) noexcept : data_(characters), size_(characters ? std::strlen(characters) : 0)
    {
    }
    text(std::string_view characters) noexcept
        : data_(characters.data() ? characters.data() : ""), size_(characters.size())
    {
    }
    text(const std::string &characters) noexcept : data_(characters.data()), size_(characters.size())
    {
    }
#if defined(__cpp_lib_char8_t)
    text(const char8_t *characters) noexcept : text(reinterpret_cast<const char *>(characters))
    {
    }
    text(std::u8string_view characters) noexcept
        : text(std::string_view(reinterpret_cast<const char *>(characters.data()), characters.size()))
    {
    }
    text(const std::u8string &characters) noexcept : text(std::u8string_view(characters))
    {
    }
#endif
    text(std::nullptr_t) = delete;

    /** NULL where the text was made of a null pointer. */
    const char *data() const noexcept
    {
        return data_;
    }
    std::size_t size() const noexcept
    {
        return size_;
    }

  private:
    const char *data_;
    std::size_t size_;
};

using bytes = std::vector<std::uint8_t>;

/** Bytes that are given to a function. It does not own them. */
class bytes_view
{
  public:
    bytes_view(const void *data, std::size_t size) noexcept
        : data_(static_cast<const std::uint8_t *>(data)), size_(size)
    {
    }
    bytes_view(const bytes &all) noexcept : bytes_view(all.data(), all.size())
    {
    }
    bytes_view(std::string_view all) noexcept : bytes_view(all.data(), all.size())
    {
    }
    bytes_view(const std::string &all) noexcept : bytes_view(all.data(), all.size())
    {
    }

    const std::uint8_t *data() const noexcept
    {
        return data_;
    }
    std::size_t size() const noexcept
    {
        return size_;
    }

  private:
    const std::uint8_t *data_;
    std::size_t size_;
};

namespace detail
{
/** Why the wrapper itself refuses a call; of several reasons the last. */
enum class refusal { none, null, nul_inside, time_over, moved_from, no_memory };

/** Clears what may have been a secret, in a way that compilers do not leave out. */
inline void clear(char *characters, std::size_t size) noexcept
{
    for (volatile char *at = characters; size > 0; size--)
        *at++ = 0;
}

/** A copy of a text that ends with NUL, cleared when it is no longer needed; NULL where it is refused. */
class terminated
{
  public:
    explicit terminated(const text &given) noexcept : size_(given.size())
    {
        if (given.data() == nullptr)
            return;
        if (std::memchr(given.data(), 0, size_) != nullptr) {
            refused_ = refusal::nul_inside;
            return;
        }
        copy_.reset(new (std::nothrow) char[size_ + 1]);
        if (copy_ == nullptr) {
            refused_ = refusal::no_memory;
            return;
        }
        std::memcpy(copy_.get(), given.data(), size_);
        copy_[size_] = 0;
    }
    terminated(terminated &&) noexcept = default;
    terminated &operator=(terminated &&) = delete;
    ~terminated()
    {
        if (copy_ != nullptr)
            clear(copy_.get(), size_);
    }

    const char *c_str() const noexcept
    {
        return copy_.get();
    }
    refusal refused() const noexcept
    {
        return refused_;
    }

  private:
    std::unique_ptr<char[]> copy_;
    std::size_t size_;
    refusal refused_ = refusal::none;
};
} // namespace detail

/** Several texts that are given to a function: a list in braces, or a container of texts. It owns copies. */
class texts
{
  public:
    texts() = default;
    texts(std::initializer_list<text> all)
    {
        add_all(all);
    }
    template <class Container, class = decltype(text(*std::declval<const Container &>().begin()))>
    texts(const Container &all)
    {
        add_all(all);
    }

    const char *const *data() const noexcept
    {
        return pointers_.data();
    }
    std::size_t size() const noexcept
    {
        return pointers_.size();
    }
    detail::refusal refused() const noexcept
    {
        return refused_;
    }

  private:
    friend class text_pairs;

    template <class Container> void add_all(const Container &all)
    {
        for (const auto &one : all)
            add(text(one));
    }
    void add(const text &one)
    {
        copies_.emplace_back(one);
        pointers_.push_back(copies_.back().c_str());
        refused_ = std::max(refused_, copies_.back().refused());
    }

    std::vector<detail::terminated> copies_;
    std::vector<const char *> pointers_;
    detail::refusal refused_ = detail::refusal::none;
};

/**
 * Names, each with a value, that are given to a function: {{"weight", "0.5"}, {"country", "de"}}, or a
 * container of pairs such as std::map<std::string, std::string>. It owns copies.
 */
class text_pairs
{
  public:
    text_pairs() = default;
    text_pairs(std::initializer_list<std::pair<text, text>> all)
    {
        add_all(all);
    }
    template <class Container, class = decltype(text(std::declval<const Container &>().begin()->second))>
    text_pairs(const Container &all)
    {
        add_all(all);
    }

    const texts &names() const noexcept
    {
        return names_;
    }
    const texts &values() const noexcept
    {
        return values_;
    }
    detail::refusal refused() const noexcept
    {
        return names_.refused() != detail::refusal::none ? names_.refused() : values_.refused();
    }

  private:
    template <class Container> void add_all(const Container &all)
    {
        for (const auto &one : all) {
            names_.add(text(one.first));
            values_.add(text(one.second));
        }
    }

    texts names_, values_;
};
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
