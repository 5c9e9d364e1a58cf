#include "settings.hpp"
#include "file.hpp"
#include "forms.hpp"
#include "json.hpp"
#include "paths.hpp"

#include <algorithm>
#include <initializer_list>

namespace b2h_irods
{
namespace
{
constexpr std::uint64_t default_timeout_ms = 20000, default_connect_timeout_ms = 5000;
// The iRODS server waits 30 s for its agents to stop. A second is for the end of a session.
constexpr std::uint64_t longest_timeout_ms = 28999;

/** Reads one configuration; what it refuses names the file. */
class reader
{
  public:
    reader(settings &into, const json &root) : into_(into), root_(root)
    {
    }
    void read()
    {
        read_credentials();
        read_irods();
        read_profiles();
        read_path_value();
        read_permissions();
    }

  private:
    [[noreturn]] void invalid(const std::string &what) const
    {
        throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR, into_.file + ": " + what);
    }
    /** Adds the file and the place to what a pattern is refused for. */
    pattern pattern_of(const std::string &text, const std::string &where) const
    {
        try {
            return pattern::read(text, variables_);
        } catch (const refusal &why) {
            invalid(where + ": " + why.text());
        }
    }
    void only(const json &object, const std::string &where, std::initializer_list<const char *> known) const
    {
        for (const auto &one : object.items())
            if (std::find(known.begin(), known.end(), one.key()) == known.end()) {
                std::string names;
                for (const char *name : known)
                    names += (names.empty() ? "" : ", ") + std::string(name);
                invalid("\"" + one.key() + "\" in " + where + " is not known. There can be: " + names + ".");
            }
    }
    std::string text(const json &value, const std::string &where) const
    {
        if (value.is_number_integer())
            return value.dump();
        if (!value.is_string())
            invalid(where + " must be text.");
        return value.get<std::string>();
    }
    const json &section(const char *name) const
    {
        if (!root_.contains(name))
            return none_;
        if (!root_[name].is_object())
            invalid("\"" + std::string(name) + "\" must be an object.");
        return root_[name];
    }

    // Credentials.

    std::string absolute(const std::string &path)
    {
        std::string full = path.empty() || path.front() == '/' ? path : folder_of(into_.file) + "/" + path;
        into_.other_files.push_back(full);
        return full;
    }
    std::string trusted(const std::string &text)
    {
        const bool is_path = text != "true" && text != "false" && text != "True" && text != "False" &&
                             text.compare(0, 6, "sha256") != 0;
        return is_path ? absolute(text) : text;
    }
    std::string credential(const std::string &key, const json &value)
    {
        if (key == "HTTPS_verify" && value.is_array()) {
            json all = json::array();
            for (const json &one : value)
                all.push_back(trusted(text(one, "HTTPS_verify")));
            return all.dump();
        }
        if (!value.is_string())
            return value.dump();
        const std::string &plain = value.get_ref<const std::string &>();
        if (key == "HTTPS_verify")
            return trusted(plain);
        for (const char *file : {"private_key", "certificate_only", "certificate_and_key", "passphrase_file"})
            if (key == file)
                return absolute(plain);
        return plain;
    }
    std::uint64_t milliseconds(const char *key, std::uint64_t otherwise) const
    {
        if (!root_.contains(key) || root_[key].is_null())
            return otherwise;
        const std::string digits = text(root_[key], key);
        const bool number =
            !digits.empty() && digits.size() < 10 &&
            std::all_of(digits.begin(), digits.end(), [](char one) { return one >= '0' && one <= '9'; });
        const std::uint64_t found = number ? std::stoull(digits) : 0;
        if (found == 0 || found > longest_timeout_ms)
            invalid(std::string(key) + " must be a whole number of milliseconds from 1 to " +
                    std::to_string(longest_timeout_ms) +
                    ": the iRODS server waits 30 seconds for calls when it stops.");
        return found;
    }
    void read_credentials()
    {
        for (const auto &one : root_.items()) {
            const std::string &key = one.key();
            if (key == "irods" || key == "permissions" || key == "profiles" || one.value().is_null())
                continue;
            if (one.value().is_object())
                invalid("\"" + key + "\" is not known. The sections are irods, permissions and profiles.");
            into_.credentials.add(key, credential(key, one.value()));
        }
        const auto set = [&](const char *key, const std::string &value) {
            if (!root_.contains(key) || root_[key].is_null())
                into_.credentials.add(key, value);
        };
        into_.timeout = std::chrono::milliseconds(milliseconds("timeout_ms", default_timeout_ms));
        set("timeout_ms", std::to_string(default_timeout_ms));
        set("connect_timeout_ms",
            std::to_string(milliseconds("connect_timeout_ms", default_connect_timeout_ms)));
        // Who may search is said in "permissions".
        set("allowed_search_keys", "[]");
        if (root_.contains("prefix") && !root_["prefix"].is_null())
            into_.prefix = text(root_["prefix"], "prefix");
    }

    // The section "irods".

    std::optional<std::string> optional(const json &from, const char *key) const
    {
        if (!from.contains(key) || from[key].is_null())
            return std::nullopt;
        std::string found = text(from[key], key + std::string(" of \"irods\""));
        return found.empty() ? std::nullopt : std::optional<std::string>(found);
    }
    /** A path follows, which begins with a slash. surfsara's is taken as it is: its records are there. */
    std::optional<std::string> address(const json &from, const char *key) const
    {
        std::optional<std::string> found = optional(from, key);
        while (into_.form != "irods_pid" && found.has_value() && found->size() > 1 && found->back() == '/')
            found->pop_back();
        return found;
    }
    void read_irods()
    {
        const json &from = section("irods");
        only(from, "\"irods\"",
             {"server", "port", "url_prefix", "webdav_prefix", "webdav_port", "path_type", "path_value",
              "lookup_before_register", "variables"});
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
        if (from.contains("lookup_before_register")) {
            if (!from["lookup_before_register"].is_boolean())
                invalid("lookup_before_register of \"irods\" must be true or false.");
            into_.lookup_before_register = from["lookup_before_register"].get<bool>();
        }
    }
    /** Which value tells the path: what is said, else what a profile writes, else what the prefixes make of
     * it. */
    void read_path_value()
    {
        const json &from = section("irods");
        const std::optional<std::string> type = optional(from, "path_type"),
                                         value = optional(from, "path_value");
        const std::string name = type.value_or("URL");
        const std::optional<std::string> &webdav = variables_["IRODS_WEBDAV_PREFIX"];
        const std::optional<std::string> &prefix =
            webdav.has_value() ? webdav : variables_["IRODS_URL_PREFIX"];
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
    std::optional<pattern> written_by_default(const std::string &type) const
    {
        const auto found = into_.profiles.find("default");
        if (found != into_.profiles.end())
            for (const entry &one : found->second)
                if (same_type(one.type, type) && one.applies(true) && one.text.names_path())
                    return one.text;
        return std::nullopt;
    }
    /** A Handle would have two values of the type, were they not the same. */
    void check_path_value()
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

    void read_profiles()
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
    /** Whether the entry is there at all; and if that depends on the path, on what. */
    bool applies(const json &value, entry &made, const std::string &where) const
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
    void read_entry(profile &into, const json &value, const std::string &where) const
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
    void read_data(entry &made, const json &from, const std::string &where) const
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

    // Permissions.

    std::vector<std::string> names(const json &from, const char *key, const std::string &where) const
    {
        std::vector<std::string> all;
        if (!from.contains(key))
            return all;
        if (!from[key].is_array())
            invalid(where + ": " + key + " must be an array of names.");
        for (const json &one : from[key])
            all.push_back(text(one, where + ": a name in " + key));
        return all;
    }
    void read_permissions()
    {
        for (const auto &one : section("permissions").items()) {
            const std::string where = "permission \"" + one.key() + "\"";
            const std::optional<operation> what = operation_of(one.key());
            if (!what.has_value())
                invalid(
                    where +
                    " is not known. There are: register, get, modify, unset, delete, search, move, check.");
            if (!one.value().is_object())
                invalid(where + " must be an object with users, groups or object_acl.");
            only(one.value(), where, {"users", "groups", "object_acl"});
            rule made;
            made.users = names(one.value(), "users", where);
            made.groups = names(one.value(), "groups", where);
            for (const std::string &user : made.users)
                if (user != "*" &&
                    (user.find('#') == std::string::npos || user.front() == '#' || user.back() == '#'))
                    invalid(where + ": the user \"" + user +
                            "\" must be written as name#zone, or \"*\" for everybody.");
            if (std::find(made.groups.begin(), made.groups.end(), "*") != made.groups.end())
                invalid(where + ": \"*\" is no group. Write \"users\": [\"*\"] for everybody.");
            if (one.value().contains("object_acl")) {
                made.access = access(text(one.value()["object_acl"], where + ": object_acl"), where);
                if (*what == operation::check)
                    invalid(where + " has no object, so object_acl makes no sense.");
                if (!into_.path.has_value())
                    invalid(
                        where +
                        " has object_acl, and \"irods\" does not say how a Handle points to an object: set "
                        "webdav_prefix, url_prefix or path_value.");
            }
            into_.permissions[static_cast<std::size_t>(*what)] = std::move(made);
        }
    }
    std::int32_t access(const std::string &word, const std::string &where) const
    {
        if (word == "read")
            return B2H_IRODS_ACCESS_READ;
        if (word == "write")
            return B2H_IRODS_ACCESS_WRITE;
        if (word == "own")
            return B2H_IRODS_ACCESS_OWN;
        invalid(where + ": object_acl must be \"read\", \"write\" or \"own\".");
    }

    settings &into_;
    const json &root_;
    const json none_ = json::object();
    variables variables_;
};
} // namespace

credentials::~credentials()
{
    for (auto &one : all_)
        wipe(one.second);
}

void credentials::add(std::string key, std::string value)
{
    // Growing would leave copies behind.
    if (all_.capacity() == 0)
        all_.reserve(256);
    all_.emplace_back(std::move(key), std::move(value));
}

settings read_settings(const std::string &file, const std::string &content)
{
    secret_json root(read_json(content, B2H_IRODS_SYS_CONFIG_FILE_ERR, file));
    if (!(*root).is_object())
        throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR, file + ": this is no JSON object.");
    settings made;
    made.file = file;
    made.form = form_of(*root);
    secret_json ours(in_our_form(*root, made.form, file, made.warnings));
    reader(made, *ours).read();
    return made;
}
} // namespace b2h_irods
