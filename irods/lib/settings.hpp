// What the configuration says.
#pragma once

#include "permissions.hpp"
#include "profile.hpp"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace b2h_irods
{
/** Keys of the credentials with their values, for libb2handle. They are secret. */
class credentials
{
  public:
    credentials() = default;
    credentials(credentials &&) = default;
    credentials &operator=(credentials &&) = default;
    ~credentials();
    void add(std::string key, std::string value);
    const std::vector<std::pair<std::string, std::string>> &all() const noexcept
    {
        return all_;
    }

  private:
    std::vector<std::pair<std::string, std::string>> all_;
};

/** Which value of a record tells the path of the object. */
struct path_value {
    std::string type;
    pattern text;
};

struct settings {
    std::string file;
    /** "b2handle", "irods_pid" or "store_config". */
    std::string form;
    std::string server;
    /** Where Handles are registered; "" where it is not said. */
    std::string prefix;
    std::chrono::milliseconds timeout{0};
    b2h_irods::credentials credentials;
    /** Key files: when they change, a new client is needed. */
    std::vector<std::string> other_files;
    b2h_irods::permissions permissions;
    std::optional<path_value> path;
    std::map<std::string, profile> profiles;
    /** What the Handle of an object that was deleted points to. */
    std::optional<std::string> tombstone;
    /** The Handles that say who the library is on the server; "" where that is not known. */
    std::array<std::string, 2> own_handles;
    bool lookup_before_register = false;
    /** What the log is told whenever the configuration is read. */
    std::vector<std::string> warnings;
};

/** Reads a configuration in any of the three forms. Errors name the file and never hold a secret. */
settings read_settings(const std::string &file, const std::string &content);
} // namespace b2h_irods
