// What is made of a path: the sections "irods" and "profiles" of the configuration.
#include "reader.hpp"

namespace b2h_irods
{
// The section "irods".

std::optional<std::string> reader::optional(const json &from, const char *key) const
{
    if (!from.contains(key) || from[key].is_null())
        return std::nullopt;
    std::string found = text(from[key], key + std::string(" of \"irods\""));
    return found.empty() ? std::nullopt : std::optional<std::string>(found);
}

std::optional<std::string> reader::address(const json &from, const char *key) const
{
    std::optional<std::string> found = optional(from, key);
    while (into_.form != "irods_pid" && found.has_value() && found->size() > 1 && found->back() == '/')
        found->pop_back();
    return found;
}

void reader::read_irods()
{
    const json &from = section("irods");
    only(from, "\"irods\"",
         {"server", "port", "url_prefix", "webdav_prefix", "webdav_port", "path_type", "path_value",
          "lookup_before_register", "variables", "tombstone"});
    if (from.contains("variables")) {
        if (!from["variables"].is_object())
            invalid("\"variables\" of \"irods\" must be an object.");
        for (const auto &one : from["variables"].items()) {
            if (is_name_of_handle(one.key()))
                invalid("\"variables\" of \"irods\": " + one.key() +
                        " has a meaning already. Choose another name.");
            const std::string found = text(one.value(), one.key() + " of \"variables\"");
            variables_[one.key()] = found.empty() ? std::nullopt : std::optional<std::string>(found);
        }
    }
    variables_["IRODS_SERVER"] = optional(from, "server");
    variables_["IRODS_PORT"] = optional(from, "port");
    variables_["IRODS_URL_PREFIX"] = address(from, "url_prefix");
    variables_["IRODS_WEBDAV_PREFIX"] = address(from, "webdav_prefix");
    variables_["IRODS_WEBDAV_PORT"] = optional(from, "webdav_port");
    variables_["HANDLE_PREFIX"] = into_.prefix.empty() ? std::nullopt : std::optional(into_.prefix);
    variables_.emplace("HANDLE_ADMIN", "0.NA");
    into_.tombstone = optional(from, "tombstone");
    if (from.contains("lookup_before_register")) {
        if (!from["lookup_before_register"].is_boolean())
            invalid("lookup_before_register of \"irods\" must be true or false.");
        into_.lookup_before_register = from["lookup_before_register"].get<bool>();
    }
}

void reader::read_path_value()
{
    const json &from = section("irods");
    const std::optional<std::string> type = optional(from, "path_type"), value = optional(from, "path_value");
    const std::string name = type.value_or("URL");
    const std::optional<std::string> &webdav = variables_["IRODS_WEBDAV_PREFIX"];
    const std::optional<std::string> &prefix = webdav.has_value() ? webdav : variables_["IRODS_URL_PREFIX"];
    if (value.has_value()) {
        into_.path = path_value{name, pattern_of(*value, "path_value of \"irods\"")};
        if (!into_.path->text.names_path())
            invalid("path_value of \"irods\" must have {OBJECT} or {OBJECT_URL} once, and not {HANDLE}: "
                    "it tells "
                    "which object a Handle belongs to.");
    } else if (const std::optional<pattern> written = written_by_default(name)) {
        into_.path = path_value{name, *written};
    } else if (prefix.has_value()) {
        into_.path = path_value{name, pattern::path_after(*prefix, true)};
    } else if (type.has_value()) {
        invalid("\"irods\" has path_type, and nothing says what the value looks like. Set path_value.");
    }
    if (into_.path.has_value())
        check_path_value();
}

std::optional<pattern> reader::written_by_default(const std::string &type) const
{
    const auto found = into_.profiles.find("default");
    if (found != into_.profiles.end())
        for (const entry &one : found->second)
            if (same_type(one.type, type) && one.applies(true) && one.text.names_path())
                return one.text;
    return std::nullopt;
}

void reader::check_path_value()
{
    const std::string type = into_.path->type;
    for (const auto &one : into_.profiles)
        for (const entry &made : one.second) {
            if (!same_type(made.type, type) || !made.applies(true) || made.text.same_as(into_.path->text))
                continue;
            if (into_.form != "irods_pid" || !made.text.names_path())
                invalid("profile \"" + one.first + "\" writes another " + type +
                        " than the one that tells the path of the object. Let both be the same, or "
                        "choose another "
                        "path_type.");
            into_.warnings.push_back(
                "the profile writes " + type +
                " in another way than \"value\" of \"lookup\", which finds nothing. What the "
                "profile writes is looked up.");
            into_.path->text = made.text;
        }
}

// Profiles.

void reader::read_profiles()
{
    for (const auto &one : section("profiles").items()) {
        if (!one.value().is_array())
            invalid("the profile \"" + one.key() + "\" must be an array of values.");
        profile made;
        for (const json &value : one.value())
            read_entry(made, value,
                       "profile \"" + one.key() + "\", value " + std::to_string(made.size() + 1));
        into_.profiles.emplace(one.key(), std::move(made));
    }
}

bool reader::applies(const json &value, entry &made, const std::string &where) const
{
    bool there = true;
    for (const char *key : {"if_set", "if_not_set"}) {
        if (!value.contains(key) || value[key].is_null())
            continue;
        const bool wanted = std::string("if_set") == key;
        const std::string name = text(value[key], key);
        if (is_name_of_path(name)) {
            (wanted ? made.with_path : made.without_path) = true;
            continue;
        }
        const auto found = variables_.find(name);
        if (found == variables_.end())
            invalid(where + ": \"" + key + "\" names " + name + ", which is not known.");
        there = there && found->second.has_value() == wanted;
    }
    return there;
}

void reader::read_entry(profile &into, const json &value, const std::string &where) const
{
    if (!value.is_object())
        invalid(where + " must be an object.");
    entry made;
    if (!applies(value, made, where))
        return;
    const bool nested = value.contains("entry");
    if (nested)
        only(value, where, {"if_set", "if_not_set", "entry"});
    const json &from = nested ? value["entry"] : value;
    if (!from.is_object() || !from.contains("type"))
        invalid(where + " must have a \"type\".");
    only(from, where, {"if_set", "if_not_set", "index", "type", "value", "data"});
    made.type = text(from["type"], where + ": type");
    if (from.contains("index") && from["index"] != "{INDEX}" && !from["index"].is_null()) {
        if (!from["index"].is_number_unsigned() || from["index"].get<std::uint64_t>() > 2147483647)
            invalid(where + ": index must be a number, or \"{INDEX}\" for one that is free.");
        made.index = from["index"].get<std::uint32_t>();
    }
    if (from.contains("data") == from.contains("value"))
        invalid(where + " must have either \"value\" or \"data\".");
    read_data(made, from, where);
    into.push_back(std::move(made));
}

void reader::read_data(entry &made, const json &from, const std::string &where) const
{
    const json &data = from.contains("value") ? from["value"] : from["data"];
    if (!data.is_object()) {
        made.text = pattern_of(text(data, where + ": the value"), where);
        return;
    }
    const std::string format = data.contains("format") ? text(data["format"], where + ": format") : "";
    if (!data.contains("value") || (format != "string" && format != "admin"))
        invalid(where + ": \"data\" must have \"format\", which is string or admin, and \"value\".");
    if (format == "string") {
        made.text = pattern_of(text(data["value"], where + ": the value"), where);
        return;
    }
    const json &admin = data["value"];
    if (!admin.is_object() || !admin.contains("handle") || !admin.contains("index") ||
        !admin["index"].is_number_unsigned() || !admin.contains("permissions"))
        invalid(where + ": an admin has \"handle\", \"index\" and \"permissions\".");
    made.admin = administrator{pattern_of(text(admin["handle"], where + ": handle"), where),
                               admin["index"].get<std::uint32_t>(),
                               text(admin["permissions"], where + ": permissions")};
    if (made.type != "HS_ADMIN")
        invalid(where + ": only a value of type HS_ADMIN has the format admin.");
}
} // namespace b2h_irods
