// JSON as this library needs it. Only the few sources that read or write JSON include this: it takes long to
// compile.
#pragma once

#include "refusal.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace b2h_irods
{
// Objects keep the order in which they were written.
using json = nlohmann::ordered_json;

/**
 * Reads JSON; a name that comes twice in an object is refused. The text of the refusal begins with `what`,
 * names line and column, and shows nothing of the content, which may be secret.
 */
json read_json(const std::string &text, std::int32_t code, const std::string &what);

std::string write_json(const json &value);

/** A JSON value that is wiped when it is gone. */
class secret_json
{
  public:
    explicit secret_json(json value) : value_(std::move(value))
    {
    }
    secret_json(const secret_json &) = delete;
    secret_json &operator=(const secret_json &) = delete;
    ~secret_json();
    json &operator*() noexcept
    {
        return value_;
    }

  private:
    json value_;
};
} // namespace b2h_irods
