#include "settings.hpp"
#include "file.hpp"
#include "forms.hpp"
#include "reader.hpp"

#include <algorithm>

namespace b2h_irods
{
namespace
{
constexpr std::uint64_t default_timeout_ms = 20000, default_connect_timeout_ms = 5000;
// The iRODS server waits 30 s for its agents to stop. A second is for the end of a session.
constexpr std::uint64_t longest_timeout_ms = 28999;
} // namespace

void reader::read()
{
    read_credentials();
    read_irods();
    read_profiles();
    read_path_value();
    read_permissions();
}

void reader::invalid(const std::string &what) const
{
    throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR, into_.file + ": " + what);
}

pattern reader::pattern_of(const std::string &text, const std::string &where) const
{
    try {
        return pattern::read(text, variables_);
    } catch (const refusal &why) {
        invalid(where + ": " + why.text());
    }
}

void reader::only(const json &object, const std::string &where,
                  std::initializer_list<const char *> known) const
{
    for (const auto &one : object.items())
        if (std::find(known.begin(), known.end(), one.key()) == known.end()) {
            std::string names;
            for (const char *name : known)
                names += (names.empty() ? "" : ", ") + std::string(name);
            invalid("\"" + one.key() + "\" in " + where + " is not known. There can be: " + names + ".");
        }
}

std::string reader::text(const json &value, const std::string &where) const
{
    if (value.is_number_integer())
        return value.dump();
    if (!value.is_string())
        invalid(where + " must be text.");
    return value.get<std::string>();
}

const json &reader::section(const char *name) const
{
    if (!root_.contains(name))
        return none_;
    if (!root_[name].is_object())
        invalid("\"" + std::string(name) + "\" must be an object.");
    return root_[name];
}

// Credentials.

std::string reader::absolute(const std::string &path)
{
    std::string full = path.empty() || path.front() == '/' ? path : folder_of(into_.file) + "/" + path;
    into_.other_files.push_back(full);
    return full;
}

std::string reader::trusted(const std::string &text)
{
    const bool is_path = text != "true" && text != "false" && text != "True" && text != "False" &&
                         text.compare(0, 6, "sha256") != 0;
    return is_path ? absolute(text) : text;
}

std::string reader::credential(const std::string &key, const json &value)
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

std::uint64_t reader::milliseconds(const char *key, std::uint64_t otherwise) const
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

void reader::read_credentials()
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
    set("connect_timeout_ms", std::to_string(milliseconds("connect_timeout_ms", default_connect_timeout_ms)));
    // Who may search is said in "permissions".
    set("allowed_search_keys", "[]");
    if (root_.contains("prefix") && !root_["prefix"].is_null())
        into_.prefix = text(root_["prefix"], "prefix");
}

// Permissions.

std::vector<std::string> reader::names(const json &from, const char *key, const std::string &where) const
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

void reader::read_permissions()
{
    for (const auto &one : section("permissions").items()) {
        const std::string where = "permission \"" + one.key() + "\"";
        const std::optional<operation> what = operation_of(one.key());
        if (!what.has_value())
            invalid(where +
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
                invalid(where +
                        " has object_acl, and \"irods\" does not say how a Handle points to an object: set "
                        "webdav_prefix, url_prefix or path_value.");
        }
        into_.permissions[static_cast<std::size_t>(*what)] = std::move(made);
    }
}

std::int32_t reader::access(const std::string &word, const std::string &where) const
{
    if (word == "read")
        return B2H_IRODS_ACCESS_READ;
    if (word == "write")
        return B2H_IRODS_ACCESS_WRITE;
    if (word == "own")
        return B2H_IRODS_ACCESS_OWN;
    invalid(where + ": object_acl must be \"read\", \"write\" or \"own\".");
}

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
