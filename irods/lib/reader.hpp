// How a configuration is read: the sections one after another.
#pragma once

#include "json.hpp"
#include "settings.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace b2h_irods
{
/** Reads one configuration; what it refuses names the file. */
class reader
{
  public:
    reader(settings &into, const json &root) : into_(into), root_(root)
    {
    }
    void read();

  private:
    [[noreturn]] void invalid(const std::string &what) const;
    /** Adds the file and the place to what a pattern is refused for. */
    pattern pattern_of(const std::string &text, const std::string &where) const;
    void only(const json &object, const std::string &where, std::initializer_list<const char *> known) const;
    std::string text(const json &value, const std::string &where) const;
    const json &section(const char *name) const;

    // settings.cpp
    std::string absolute(const std::string &path);
    std::string trusted(const std::string &text);
    std::string credential(const std::string &key, const json &value);
    std::uint64_t milliseconds(const char *key, std::uint64_t otherwise) const;
    void read_credentials();
    std::vector<std::string> names(const json &from, const char *key, const std::string &where) const;
    void read_permissions();
    std::int32_t access(const std::string &word, const std::string &where) const;

    // templates.cpp
    std::optional<std::string> optional(const json &from, const char *key) const;
    /** A path follows, which begins with a slash. surfsara's is taken as it is: its records are there. */
    std::optional<std::string> address(const json &from, const char *key) const;
    void read_irods();
    /** Which value tells the path: what is said, else what a profile writes, else what the prefixes make of
     * it. */
    void read_path_value();
    std::optional<pattern> written_by_default(const std::string &type) const;
    /** A Handle would have two values of the type, were they not the same. */
    void check_path_value();
    void read_profiles();
    /** Whether the entry is there at all; and if that depends on the path, on what. */
    bool applies(const json &value, entry &made, const std::string &where) const;
    void read_entry(profile &into, const json &value, const std::string &where) const;
    void read_data(entry &made, const json &from, const std::string &where) const;

    settings &into_;
    const json &root_;
    const json none_ = json::object();
    variables variables_;
};
} // namespace b2h_irods
