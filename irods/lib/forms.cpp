#include "forms.hpp"

#include <algorithm>

namespace b2h_irods
{
namespace
{
constexpr const char *ours = "b2handle", *surfsara = "irods_pid", *utrecht = "store_config";

[[noreturn]] void invalid(const std::string &file, const std::string &what)
{
    throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR, file + ": " + what);
}

/** A section of surfsara's configuration. What is null counts as not there. */
class section
{
  public:
    section(const json &root, const char *name, const std::string &file) : name_(name), file_(file)
    {
        if (root.contains(name) && root[name].is_object())
            value_ = root[name];
    }
    bool has(const char *key) const
    {
        return value_.contains(key) && !value_[key].is_null();
    }
    const json &operator[](const char *key) const
    {
        return value_.at(key);
    }
    bool flag(const char *key) const
    {
        return has(key) && (value_[key] == true || value_[key] == "true");
    }
    std::string text(const char *key, const char *otherwise = "") const
    {
        if (!has(key))
            return otherwise;
        const json &found = value_[key];
        if (found.is_number_integer())
            return found.dump();
        if (!found.is_string())
            invalid(file_, std::string(key) + " of \"" + name_ + "\" must be text.");
        return found.get<std::string>();
    }

  private:
    std::string name_, file_;
    json value_ = json::object();
};

struct address {
    std::string server, extension;
};

/** https://host/path as server and path; the port, where one is given, counts before that of the URL. */
address address_of(const std::string &url, const std::string &port)
{
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t slash = std::min(url.find('/', host), url.size());
    address made = {url.substr(0, slash), url.substr(slash)};
    while (!made.extension.empty() && made.extension.back() == '/')
        made.extension.pop_back();
    if (!port.empty()) {
        const std::size_t colon = made.server.rfind(':');
        const std::size_t bracket = made.server.rfind(']');
        if (colon != std::string::npos && colon >= host && (bracket == std::string::npos || colon > bracket))
            made.server.erase(colon);
        made.server += ":" + port;
    }
    return made;
}

void set_server(json &to, const address &from, const char *server_key, const char *extension_key)
{
    to[server_key] = from.server;
    if (!from.extension.empty())
        to[extension_key] = from.extension + "/";
}

json text_entry(const std::string &type, const std::string &text, unsigned index = 0)
{
    json made = {{"type", type}, {"value", text}};
    if (index != 0)
        made["index"] = index;
    return made;
}

/** What surfsara registers where the configuration has no profile. */
json surfsara_profile(bool webdav, bool url, bool server, bool port)
{
    json all = json::array();
    const char *at_webdav = "{IRODS_WEBDAV_PREFIX}{OBJECT}", *at_irods = "{IRODS_URL_PREFIX}{OBJECT}";
    if (webdav || url)
        all.push_back(text_entry("URL", webdav ? at_webdav : at_irods, 1));
    if (url)
        all.push_back(text_entry("IRODS/URL", at_irods));
    if (webdav)
        all.push_back(text_entry("IRODS/WEBDAV_URL", at_webdav));
    if (server)
        all.push_back(text_entry("IRODS/SERVER", "{IRODS_SERVER}"));
    if (port)
        all.push_back(text_entry("IRODS/SERVER_PORT", "{IRODS_PORT}"));
    return all;
}

std::string without_slash(std::string prefix)
{
    while (!prefix.empty() && prefix.back() == '/')
        prefix.pop_back();
    return prefix;
}

/** One of surfsara's pairs of lists, for each of our operations that it stands for. */
void set_permission(json &to, const json &from, const std::string &kind,
                    std::initializer_list<const char *> ours_are, bool &marker_missing)
{
    json users = json::array(), groups = json::array();
    bool owner = false, any = false;
    const auto take = [&](const std::string &list, json &into) {
        if (!from.contains(list) || !from[list].is_array())
            return;
        for (const json &one : from[list]) {
            any = true;
            if (one == "*owner*")
                owner = true;
            else if (one == "*")
                users.push_back("*");
            else
                into.push_back(one);
        }
    };
    take("users_" + kind, users);
    take("groups_" + kind, groups);
    marker_missing |= any && !owner && std::find(users.begin(), users.end(), "*") == users.end();
    json rule = {{"users", users}, {"groups", groups}};
    if (owner)
        rule["object_acl"] = "own";
    for (const char *one : ours_are)
        to[one] = rule;
    // The connection needs no object.
    if (to.contains("check"))
        to["check"].erase("object_acl");
}

json of_surfsara(const json &root, const std::string &file, std::vector<std::string> &warnings)
{
    const section handle(root, "handle", file), lookup(root, "lookup", file), irods(root, "irods", file);
    if (!handle.has("url") || !handle.has("prefix"))
        invalid(file, "\"handle\" must have \"url\" and \"prefix\".");
    json made = json::object();
    const std::string prefix = handle.text("prefix"), admin = handle.text("admin", "0.NA");
    set_server(made, address_of(handle.text("url"), handle.text("port")), "handle_server_url",
               "REST_API_url_extension");
    made["prefix"] = prefix;
    made["handleowner"] = "200:" + admin + "/" + prefix;
    if (handle.has("key"))
        made["private_key"] = handle.text("key");
    if (handle.has("cert"))
        made["certificate_only"] = handle.text("cert");
    if (handle.has("passphrase") && handle["passphrase"].is_string())
        made["passphrase"] = handle.text("passphrase");
    json authorities = json::array();
    for (const char *key : {"cacert", "cacert_path"})
        if (handle.has(key))
            authorities.push_back(handle.text(key));
    if (handle.flag("insecure")) {
        made["HTTPS_verify"] = false;
        warnings.push_back(
            "\"insecure\" of \"handle\" is true: the Handle server is not verified, and anybody in between "
            "can pose as it. Name its certificate in \"cacert\" and remove \"insecure\".");
    } else if (!authorities.empty()) {
        made["HTTPS_verify"] = authorities;
    }
    if (lookup.flag("insecure") && !handle.flag("insecure"))
        warnings.push_back(
            "\"insecure\" of \"lookup\" is not followed: the reverse lookup is verified as the Handle "
            "server is.");
    if (lookup.has("url"))
        set_server(made, address_of(lookup.text("url"), lookup.text("port")), "reverselookup_baseuri",
                   "reverselookup_url_extension");
    if (lookup.has("user"))
        made["reverselookup_username"] = lookup.text("user");
    if (lookup.has("password"))
        made["reverselookup_password"] = lookup.text("password");

    json own = json::object();
    for (const char *key : {"server", "port", "url_prefix", "webdav_prefix", "webdav_port"})
        if (irods.has(key))
            own[key] = irods.text(key);
    const std::string webdav = irods.text("webdav_prefix"), url = irods.text("url_prefix");
    const bool has_profile = handle.has("profile");
    if (!has_profile) {
        // Prefix and path are joined by one slash there.
        own["webdav_prefix"] = without_slash(webdav);
        own["url_prefix"] = without_slash(url);
        made["profiles"] = {{"default", surfsara_profile(!webdav.empty(), !url.empty(), irods.has("server"),
                                                         irods.has("port"))}};
    } else {
        made["profiles"] = {{"default", handle["profile"]}};
    }
    if (lookup.has("value") || !webdav.empty() || !url.empty()) {
        own["path_type"] = lookup.text("key", "URL");
        own["path_value"] = lookup.text("value", !webdav.empty() ? "{IRODS_WEBDAV_PREFIX}{OBJECT}"
                                                                 : "{IRODS_URL_PREFIX}{OBJECT}");
    }
    own["lookup_before_register"] = lookup.flag("before_create");
    own["variables"] = {{"HANDLE_ADMIN", admin},
                        {"HANDLE_URL", handle.text("url")},
                        {"HANDLE_PORT", handle.text("port")},
                        {"LOOKUP_PREFIX", lookup.text("prefix")},
                        {"LOOKUP_KEY", lookup.text("key")}};
    made["irods"] = own;

    json permissions = json::object();
    bool marker_missing = false;
    if (root.contains("permissions") && root["permissions"].is_object()) {
        const json &from = root["permissions"];
        set_permission(permissions, from, "read", {"get", "search", "check"}, marker_missing);
        set_permission(permissions, from, "write", {"modify", "unset", "move"}, marker_missing);
        set_permission(permissions, from, "create", {"register"}, marker_missing);
        set_permission(permissions, from, "delete", {"delete"}, marker_missing);
    }
    if (marker_missing)
        warnings.push_back(
            "lists in \"permissions\" name some users only, and access to an object does not count beside "
            "them. Where it shall, add \"*owner*\" to the list.");
    made["permissions"] = permissions;
    return made;
}

json of_utrecht(const json &root, const std::string &file)
{
    json made = json::object();
    const auto text = [&](const char *key) {
        if (root.contains(key) && !root[key].is_string())
            invalid(file, std::string(key) + " must be text.");
        return root.contains(key) ? root[key].get<std::string>() : std::string();
    };
    if (text("epic_url").empty())
        invalid(file, "epic_url is not set, so there is no server to register Handles on.");
    set_server(made, address_of(text("epic_url"), ""), "handle_server_url", "REST_API_url_extension");
    if (!text("epic_handle_prefix").empty())
        made["prefix"] = text("epic_handle_prefix");
    if (!text("epic_key").empty())
        made["private_key"] = text("epic_key");
    if (!text("epic_certificate").empty())
        made["certificate_only"] = text("epic_certificate");
    for (const auto &one : root.items())
        if (one.key().compare(0, 5, "epic_") != 0)
            made[one.key()] = one.value();
    return made;
}
} // namespace

std::string form_of(const json &root)
{
    if (root.contains("handle") && root["handle"].is_object())
        return surfsara;
    for (const auto &one : root.items())
        if (one.key().compare(0, 5, "epic_") == 0)
            return utrecht;
    return ours;
}

json in_our_form(const json &root, const std::string &form, const std::string &file,
                 std::vector<std::string> &warnings)
{
    if (form == surfsara)
        return of_surfsara(root, file, warnings);
    if (form == utrecht)
        return of_utrecht(root, file);
    return root;
}
} // namespace b2h_irods
