#include "arguments.hpp"
#include "json.hpp"
#include "paths.hpp"
#include "profile.hpp"

namespace b2h_irods
{
namespace
{
constexpr std::int32_t invalid_code = B2H_IRODS_SYS_INVALID_INPUT_PARAM;

[[noreturn]] void invalid(const std::string &what)
{
    throw refusal(invalid_code, what);
}

/** A value as text: what is no text in JSON is what it looks like. */
std::string text_of_json(const json &value, const std::string &where)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number() || value.is_boolean())
        return value.dump();
    invalid(where + " must be text, a number, true or false.");
}

std::string path_of_json(const json &value, const char *name)
{
    std::string path = text_of_json(value, "\"" + std::string(name) + "\"");
    check_path(path);
    return path;
}

void check_type(const std::string &type, const std::vector<std::string> &before)
{
    if (type.empty())
        invalid("The name of a type is empty. Write it, such as \"URL\".");
    if (has_type(before, type))
        invalid("The type " + type + " comes twice. Upper and lower case are the same in types.");
}

void read_array(given_values &into, const json &values)
{
    into.array = write_json(values);
    for (const json &one : values) {
        if (!one.is_object() || !one.contains("type") || !one["type"].is_string())
            invalid("A value in the array must be an object with \"type\" and \"data\".");
        into.types.push_back(one["type"].get<std::string>());
        // What the value says is only of use where it is text.
        const json data = one.contains("data") ? one["data"] : json();
        if (data.is_string())
            into.texts.emplace_back(into.types.back(), data.get<std::string>());
        else if (data.is_object() && data.contains("value") && data["value"].is_string() &&
                 (!data.contains("format") || data["format"] == "string"))
            into.texts.emplace_back(into.types.back(), data["value"].get<std::string>());
    }
}
} // namespace

std::optional<std::string> given_values::text_of(const std::string &type) const
{
    for (const auto &one : texts)
        if (same_type(one.first, type))
            return one.second;
    return std::nullopt;
}

given_values read_values(const std::string &text)
{
    const json root = read_json(text, invalid_code, "The values");
    given_values made;
    if (root.is_array()) {
        read_array(made, root);
        return made;
    }
    if (!root.is_object())
        invalid(
            "The values must be a JSON object, such as {\"URL\": \"https://example.org/\"}, or an array.");
    for (const auto &one : root.items()) {
        const std::string &name = one.key();
        if (name == "@path") {
            made.path = path_of_json(one.value(), "@path");
        } else if (name == "@profile") {
            made.profile = text_of_json(one.value(), "\"@profile\"");
        } else if (name == "@tombstone") {
            made.tombstone = path_of_json(one.value(), "@tombstone");
        } else if (name.compare(0, 1, "@") == 0) {
            invalid("\"" + name + "\" is not known. There are \"@path\", \"@profile\" and \"@tombstone\".");
        } else {
            check_type(name, made.types);
            made.types.push_back(name);
            made.texts.emplace_back(name, text_of_json(one.value(), "The value of " + name));
        }
    }
    return made;
}

source read_source(const std::string &text)
{
    if (text.compare(0, 1, "{") != 0)
        return {text, {}};
    const json root = read_json(text, invalid_code, "The source");
    if (!root.contains("@handle") || !root.contains("@path") || root.size() != 2)
        invalid("The source must have \"@handle\" and \"@path\", and nothing else.");
    return {text_of_json(root["@handle"], "\"@handle\""), path_of_json(root["@path"], "@path")};
}

std::vector<std::string> read_types(const std::string &text)
{
    std::vector<std::string> types;
    if (text.compare(0, 1, "[") != 0) {
        check_type(text, types);
        return {text};
    }
    const json root = read_json(text, invalid_code, "The types");
    for (const json &one : root) {
        if (!one.is_string())
            invalid("The types must be a JSON array of texts, such as [\"URL\", \"CHECKSUM\"].");
        check_type(one.get<std::string>(), types);
        types.push_back(one.get<std::string>());
    }
    if (types.empty())
        invalid("The list of types is empty, so there is nothing to remove. Nothing was changed.");
    return types;
}

query read_query(const std::string &text)
{
    const json root = read_json(text, invalid_code, "The query");
    if (!root.is_object())
        invalid("The query must be a JSON object, such as {\"URL\": \"https://example.org/\"}.");
    query made;
    std::vector<std::string> types;
    for (const auto &one : root.items()) {
        const std::string &name = one.key();
        if (name == "@path") {
            made.path = path_of_json(one.value(), "@path");
        } else if (name == "@wildcards") {
            const std::string said = text_of_json(one.value(), "\"@wildcards\"");
            if (said != "true" && said != "false")
                invalid("\"@wildcards\" must be true or false.");
            made.wildcards = said == "true";
        } else if (name == "@limit") {
            const std::string said = text_of_json(one.value(), "\"@limit\"");
            const bool number =
                !said.empty() && said.size() <= 6 && said.find_first_not_of("0123456789") == said.npos;
            made.limit = number ? std::stoul(said) : 0;
            if (made.limit < 1 || made.limit > 100000)
                invalid("\"@limit\" must be a whole number from 1 to 100000.");
        } else if (name.compare(0, 1, "@") == 0) {
            invalid("\"" + name + "\" is not known. There are \"@path\", \"@wildcards\" and \"@limit\".");
        } else {
            check_type(name, types);
            types.push_back(name);
            made.texts.emplace_back(name, text_of_json(one.value(), "The text for " + name));
        }
    }
    if (made.path.empty() && made.texts.empty())
        invalid("The query has no type and no \"@path\", so everything would be found.");
    return made;
}

namespace
{
std::string checked(const char *text)
{
    if (text == nullptr || !is_utf8(text))
        invalid("A text in a list is not UTF-8.");
    return text;
}

void add_pair(json &object, const char *key, const char *value)
{
    const std::string name = checked(key);
    if (object.contains(name))
        invalid("The key \"" + name + "\" comes twice.");
    object[name] = checked(value);
}
} // namespace

std::string json_object(const char *const *keys, const char *const *values, std::size_t count)
{
    json object = json::object();
    for (std::size_t at = 0; at < count; at++)
        add_pair(object, keys[at], values[at]);
    return write_json(object);
}

std::string json_pairs(const char *const *strings, std::size_t count)
{
    if (count % 2 != 0)
        invalid("The list must be key, value, key, value and so on, and has an odd number of texts (" +
                std::to_string(count) + ").");
    json object = json::object();
    for (std::size_t at = 0; at < count; at += 2)
        add_pair(object, strings[at], strings[at + 1]);
    return write_json(object);
}

std::string json_list(const char *const *strings, std::size_t count)
{
    std::vector<std::string> all;
    for (std::size_t at = 0; at < count; at++)
        all.push_back(checked(strings[at]));
    return json_list(all);
}

std::string json_list(const std::vector<std::string> &strings)
{
    json all = json::array();
    for (const std::string &one : strings)
        all.push_back(one);
    return write_json(all);
}

std::string json_report(const report &from)
{
    json findings = json::array();
    for (const report::finding &one : from.findings)
        findings.push_back({{"subject", one.subject}, {"verdict", one.verdict}, {"message", one.message}});
    json all = json::object();
    all["ok"] = from.ok;
    all["configuration"] = from.configuration;
    all["form"] = from.form;
    all["server"] = from.server;
    all["prefix"] = from.prefix;
    all["findings"] = findings;
    all["user"] = from.user;
    all["may"] = from.may;
    all["may_by_access"] = from.may_by_access;
    return write_json(all);
}
} // namespace b2h_irods
