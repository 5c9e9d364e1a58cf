// msiB2hRegister
#include "handles.hpp"
#include "library.hpp"
#include "operations.hpp"
#include "paths.hpp"

namespace b2h_irods
{
namespace
{
constexpr const char *by_id = "id:";

bool is_by_id(const std::string &target) noexcept
{
    return target.compare(0, 3, by_id) == 0;
}

const std::string &own_prefix(const call &in)
{
    if (in.settings().prefix.empty())
        throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR,
                      in.settings().file + ": it has no \"prefix\", under which Handles are registered. Add "
                                           "it, or name a Handle.");
    return in.settings().prefix;
}

std::string name_for(const call &in, const std::string &target)
{
    if (target.empty())
        return got(b2h::try_generate_name(own_prefix(in)));
    if (!is_by_id(target))
        return handle_named(target);
    if (target.size() == 3)
        throw refusal(
            B2H_IRODS_SYS_INVALID_INPUT_PARAM,
            "There is nothing after \"id:\" to make a name of. Write for example id:tempZone/10042.");
    return got(b2h::try_name_from_text(own_prefix(in), "url", target.substr(3)));
}

/** Whether it is ZONE/ID, as PIDs are made of by rules. */
bool is_catalogue_id(const std::string &text) noexcept
{
    const std::size_t slash = text.find('/');
    return slash != text.npos && slash > 0 && slash + 1 < text.size() &&
           text.find_first_not_of("0123456789", slash + 1) == text.npos;
}

/** Whether somebody could have made it with "id:". */
bool is_made_of_text(const std::string &name)
{
    const std::string suffix = name.substr(name.find('/') + 1);
    return suffix.size() == 36 && suffix[8] == '-' && suffix[13] == '-' && suffix[14] == '5' &&
           suffix[18] == '-' && suffix[23] == '-' &&
           suffix.find_first_not_of("0123456789abcdefABCDEF-") == suffix.npos;
}

/** Whoever takes the name that another object is to have, keeps that from having a PID. */
void check_name(const call &in, right by, const std::string &target, const given_values &given,
                const std::string &name)
{
    constexpr operation what = operation::register_handle;
    if (in.who().is_admin() || target.empty())
        return;
    if (!is_by_id(target)) {
        if (is_made_of_text(name))
            refuse_user(in.who(), what,
                        name + " could be the PID of an object; name the object with \"id:\".");
        return;
    }
    const std::string text = target.substr(3);
    if (by != right::by_access && !is_catalogue_id(text))
        return;
    const std::string known = given.path.empty() ? std::string() : in.who().catalogue_id(given.path);
    if (known.empty() || text != known)
        refuse_user(
            in.who(), what,
            "After \"id:\" must come the zone and the catalogue's id of the object in \"@path\"" +
                (known.empty() ? std::string(", which could not be found out.") : ": id:" + known + "."));
}

/** The profile that counts; none where the configuration has no default one. */
const profile *profile_for(const call &in, const given_values &given)
{
    if (!given.array.empty() || (given.profile.has_value() && given.profile->empty()))
        return nullptr;
    const auto &all = in.settings().profiles;
    const auto found = all.find(given.profile.value_or("default"));
    if (found != all.end())
        return &found->second;
    if (given.profile.has_value())
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM,
                      "The configuration has no profile \"" + *given.profile + "\".");
    return nullptr;
}

/** The values of user, profile and path. */
b2h::values values_for(const call &in, const given_values &given, const std::string &name)
{
    const filling with = {given.path, name};
    b2h::values values = got(b2h::values::try_new());
    const profile *from = profile_for(in, given);
    if (!given.path.empty()) {
        const path_value &where = path_value_of(in);
        // Where the profile writes it, it writes the same.
        bool made = false;
        for (const entry &one : from != nullptr ? *from : profile())
            made = made || (same_type(one.type, where.type) && one.applies(true));
        if (!made)
            done(values.try_add_text(where.type, where.text.fill(with)));
    }
    if (from != nullptr)
        add_profile(values, *from, with, given.types);
    given.add_to(values);
    if (values.empty())
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM,
                      "There is no value to register. Give one, such as {\"URL\": \"https://example.org/\"}, "
                      "or \"@path\".");
    return values;
}

/** Whether a Handle that exists already is the one that was to be registered. */
bool is_same(const call &in, const given_values &given, const std::string &name)
{
    const b2h::record record = whole_record(in, name);
    if (!given.path.empty())
        return paths_of(in, record) == std::vector<std::string>{given.path};
    const std::optional<std::string> url = given.text_of("URL");
    const std::optional<b2h::value> there = record.find("URL");
    return url.has_value() && there.has_value() && there->text() == url;
}
} // namespace

std::string register_handle(const call &in, const std::string &target, const std::string &text)
{
    constexpr operation what = operation::register_handle;
    const right by = in.admit(what);
    const given_values given = read_values(text);
    if (!given.path.empty() && has_type(given.types, path_value_of(in).type))
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM,
                      path_value_of(in).type + " is made of \"@path\". Leave one of them out.");
    if (by == right::by_access) {
        if (given.path.empty() || has_type(given.types, path_value_of(in).type))
            refuse_user(in.who(), what, "It is given by the access to an object: name it in \"@path\".");
        in.check_access(what, given.path, true);
    }
    check_types(in, what, given.types);
    if (!given.tombstone.empty())
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM, "\"@tombstone\" is for msiB2hModify.");
    const std::string name = name_for(in, target);
    check_prefix(in, what, name);
    check_name(in, by, target, given, name);
    if (in.settings().lookup_before_register && !given.path.empty() && !is_by_id(target)) {
        const std::vector<std::string> there = handles_of_path(in, given.path);
        if (!there.empty())
            throw refusal(B2H_IRODS_CATALOG_ALREADY_HAS_ITEM_BY_THAT_NAME,
                          there.front() + " points to " + given.path + " already. Nothing was registered.");
    }
    const b2h::values values = values_for(in, given, name);
    b2h::result<std::string> became = in.client().try_register_values(name, values, in.options());
    if (is_by_id(target) && became.error().status() == B2H_HANDLE_EXISTS) {
        if (is_same(in, given, name))
            return name;
        throw refusal(B2H_IRODS_CATALOG_ALREADY_HAS_ITEM_BY_THAT_NAME,
                      name + " exists already, and points to something else" +
                          (given.path.empty()
                               ? "."
                               : " than " + given.path + ". If the object was moved, move the Handle."));
    }
    return got(std::move(became));
}
} // namespace b2h_irods
