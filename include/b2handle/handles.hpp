// Handles that a search or a listing found, all at once or page by page.
#ifndef B2HANDLE_HANDLES_HPP
#define B2HANDLE_HANDLES_HPP

#include "options.hpp"
#include "record.hpp"

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** A Handle that was found. It keeps what it needs of the list, which may be gone before it. */
class handle
{
  public:
    handle(std::shared_ptr<const b2h_handles> handles, std::size_t nth) noexcept
        : handles_(std::move(handles)), nth_(nth)
    {
    }
    /** The name as the server has stored it, often in capital letters. */
    std::string name() const
    {
        return detail::string_of(b2h_handles_name(handles_.get(), nth_));
    }
    /** Its record, where a search was asked for records. */
    std::optional<b2h::record> record() const noexcept
    {
        const b2h_record *one = b2h_handles_record(handles_.get(), nth_);
        return one != nullptr ? std::optional<b2h::record>(b2h::record({handles_, one})) : std::nullopt;
    }

  private:
    std::shared_ptr<const b2h_handles> handles_;
    std::size_t nth_;
};

/** Handles that were found, each of them once: for (b2h::handle handle : handles). Copies are cheap and share
 * them. */
class handles : public detail::shared_object<b2h_handles, b2h_handles_free>
{
  public:
    using iterator = detail::place_iterator<handles>;
    using const_iterator = iterator;
    using shared_object::shared_object;

    std::size_t size() const noexcept
    {
        return b2h_handles_count(get());
    }
    bool empty() const noexcept
    {
        return size() == 0;
    }
    handle operator[](std::size_t nth) const noexcept
    {
        return {share(), nth};
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

/**
 * Goes through any number of Handles, of which it holds one page at a time: for (b2h::handle handle :
 * cursor), which makes requests and throws; or try_next() for a page.
 *
 * It does not keep the client alive: once that is gone, there are no further pages (B2H_INVALID_ARGUMENT).
 * Only one thread may use it at a time, and it is gone through once.
 */
class cursor : public detail::unique_object<b2h_cursor, b2h_cursor_free>
{
  public:
    class iterator;

    using unique_object::unique_object;
    /** Says which client it was opened with, and the options of its pages; client::search_open() does so. */
    void belong_to(std::weak_ptr<b2h_client> client, call_options options) noexcept
    {
        client_ = std::move(client);
        options_ = std::move(options);
    }

    /** The next page, with the options that the cursor was opened with or with others; none at the end. */
    std::optional<handles> next()
    {
        return next(options_);
    }
    std::optional<handles> next(const call_options &options)
    {
        return try_next(options).value();
    }
    result<std::optional<handles>> try_next() noexcept
    {
        return try_next(options_);
    }
    result<std::optional<handles>> try_next(const call_options &options) noexcept
    {
        return next_of(client_, get(), options);
    }

    /** Goes on where the last page ended. */
    iterator begin();
    iterator end() noexcept;

  private:
    static result<std::optional<handles>> next_of(const std::weak_ptr<b2h_client> &client, b2h_cursor *cursor,
                                                  const call_options &options) noexcept
    {
        const std::shared_ptr<b2h_client> alive = client.lock();
        if (alive == nullptr)
            return failure(B2H_INVALID_ARGUMENT, "The client of the cursor is gone. Nothing was sent.");
        return detail::call<std::optional<handles>>(b2h_cursor_next, alive.get(), cursor, options);
    }

    std::weak_ptr<b2h_client> client_;
    call_options options_;
};

/** Goes through the Handles of a cursor. It holds what it needs: the cursor may be moved, or be gone. */
class cursor::iterator
{
  public:
    using value_type = handle;
    using difference_type = std::ptrdiff_t;
    using reference = handle;
    using pointer = void;
    using iterator_category = std::input_iterator_tag;

    iterator() noexcept = default;
    explicit iterator(const cursor &from)
        : cursor_(from.share()), client_(from.client_), options_(from.options_)
    {
        turn();
    }
    handle operator*() const noexcept
    {
        return (*page_)[nth_];
    }
    iterator &operator++()
    {
        if (nth_ + 1 < page_->size())
            ++nth_;
        else
            turn();
        return *this;
    }
    void operator++(int)
    {
        ++*this;
    }
    /** Iterators can only be compared with the end. */
    friend bool operator==(const iterator &a, const iterator &b) noexcept
    {
        return a.page_.has_value() == b.page_.has_value();
    }
    friend bool operator!=(const iterator &a, const iterator &b) noexcept
    {
        return !(a == b);
    }

  private:
    /** After a failure the place is the old one; what the log throws comes when the page is here. */
    void turn()
    {
        const result<std::optional<handles>> page = next_of(client_, cursor_.get(), options_);
        if (page) {
            page_ = *page;
            nth_ = 0;
        }
        static_cast<void>(page.value());
    }

    std::shared_ptr<b2h_cursor> cursor_;
    std::weak_ptr<b2h_client> client_;
    call_options options_;
    std::optional<handles> page_;
    std::size_t nth_ = 0;
};

inline cursor::iterator cursor::begin()
{
    return iterator(*this);
}
inline cursor::iterator cursor::end() noexcept
{
    return {};
}

namespace detail
{
/** The page of a cursor, where there is one. */
template <> class output<std::optional<handles>> : public output<handles>
{
  public:
    std::optional<handles> take()
    {
        return is_null() ? std::nullopt : std::optional<handles>(output<handles>::take());
    }
};
} // namespace detail
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
