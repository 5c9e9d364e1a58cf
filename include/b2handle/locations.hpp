// The locations of a Handle: what its 10320/LOC value says.
#ifndef B2HANDLE_LOCATIONS_HPP
#define B2HANDLE_LOCATIONS_HPP

#include "object.hpp"

#include <vector>

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/** A location. It keeps what it needs of the locations, which may be gone before it. */
class location
{
  public:
    location(std::shared_ptr<const b2h_locations> locations, std::size_t nth) noexcept
        : locations_(std::move(locations)), nth_(nth)
    {
    }
    /** The URL; none where the location has no attribute href. */
    std::optional<std::string> url() const
    {
        return detail::optional_of(b2h_locations_url(locations_.get(), nth_));
    }
    /** An attribute by its name, such as "weight"; upper and lower case differ. */
    std::optional<std::string> attribute(text name) const
    {
        const detail::terminated copy(name);
        return detail::optional_of(b2h_locations_attribute(locations_.get(), nth_, copy.c_str()));
    }
    /** All attributes, name and value, in the order of the value. */
    std::vector<std::pair<std::string, std::string>> attributes() const
    {
        std::vector<std::pair<std::string, std::string>> all;
        const std::size_t count = b2h_locations_attribute_count(locations_.get(), nth_);
        all.reserve(count);
        for (std::size_t place = 0; place < count; place++)
            all.emplace_back(detail::string_of(b2h_locations_attribute_name(locations_.get(), nth_, place)),
                             detail::string_of(b2h_locations_attribute_value(locations_.get(), nth_, place)));
        return all;
    }

  private:
    std::shared_ptr<const b2h_locations> locations_;
    std::size_t nth_;
};

/** The locations of a Handle: for (b2h::location location : locations). Copies are cheap and share them. */
class locations : public detail::shared_object<b2h_locations, b2h_locations_free>
{
  public:
    using iterator = detail::place_iterator<locations>;
    using const_iterator = iterator;
    using shared_object::shared_object;

    /** How a resolver chooses among them, such as "locatt,country,weighted". */
    std::optional<std::string> chooseby() const
    {
        return detail::optional_of(b2h_locations_chooseby(get()));
    }
    std::size_t size() const noexcept
    {
        return b2h_locations_count(get());
    }
    bool empty() const noexcept
    {
        return size() == 0;
    }
    location operator[](std::size_t nth) const noexcept
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
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
