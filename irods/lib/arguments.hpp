// Arguments of microservices that are JSON, and what becomes JSON.
#pragma once

#include <b2handle/values.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace b2h_irods
{
/** Types with their texts. */
using texts_by_type = std::vector<std::pair<std::string, std::string>>;

/** Values that a user gives. Nothing in them is ever expanded. */
struct given_values {
    /** "@path" */
    std::string path;
    /** "@profile" */
    std::optional<std::string> profile;
    /** "@tombstone": a path, too */
    std::string tombstone;
    texts_by_type texts;
    /** The values as an array of the REST API, in place of texts; "" where there is none. */
    std::string array;
    /** All types, of texts or of the array. */
    std::vector<std::string> types;

    void add_to(b2h::values &values) const;
    /** The text for a type; none where there is none, or no text. */
    std::optional<std::string> text_of(const std::string &type) const;
};

given_values read_values(const std::string &text);

/** A Handle or a path, and perhaps the path that the Handle must point to. */
struct source {
    std::string handle;
    std::string path;
};

/** The Handle or path, or a JSON object of "@handle" and "@path". */
source read_source(const std::string &text);

/** One type, or a JSON array of them; at least one. */
std::vector<std::string> read_types(const std::string &text);

struct query {
    std::string path;
    texts_by_type texts;
    bool wildcards = false;
    std::size_t limit = 1000;
};

query read_query(const std::string &text);

std::string json_object(const char *const *keys, const char *const *values, std::size_t count);
std::string json_pairs(const char *const *strings, std::size_t count);
std::string json_list(const char *const *strings, std::size_t count);
std::string json_list(const std::vector<std::string> &strings);

struct report {
    bool ok = true;
    std::string configuration, form, server, prefix, user;
    struct finding {
        std::string subject, verdict, message;
    };
    std::vector<finding> findings;
    std::vector<std::string> may, may_by_access;
};

std::string json_report(const report &from);
} // namespace b2h_irods
