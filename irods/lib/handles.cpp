#include "handles.hpp"
#include "library.hpp"
#include "paths.hpp"

#include <algorithm>

namespace b2h_irods
{
std::string handle_named(const std::string &written)
{
    const b2h::parsed_name name = got(b2h::try_name_parse(written));
    if (name.index.has_value())
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM,
                      "\"" + written +
                          "\" has an index before the name. Name the Handle alone: " + name.handle);
    return name.handle;
}

bool is_path(const std::string &argument) noexcept
{
    return argument.compare(0, 1, "/") == 0;
}

b2h::record whole_record(const call &in, const std::string &handle)
{
    const b2h::call_options options = in.options().authoritative();
    b2h::result<b2h::record> found =
        in.client().try_get_record(handle, b2h::call_options(options).authenticated());
    // An authenticated read is refused whole when one value is private.
    const std::int32_t status = found.error().status();
    if ((status >= B2H_AUTHENTICATION_FAILED && status < B2H_HANDLE_NOT_FOUND) ||
        status == B2H_REQUEST_REFUSED)
        found = in.client().try_get_record(handle, options);
    return got(std::move(found));
}

const path_value &path_value_of(const call &in)
{
    if (!in.settings().path.has_value())
        throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR,
                      in.settings().file +
                          ": it does not say how a Handle points to an object. Set webdav_prefix, "
                          "url_prefix or path_value in \"irods\".");
    return *in.settings().path;
}

std::vector<std::string> paths_of(const call &in, const b2h::record &record)
{
    std::vector<std::string> all;
    const path_value &where = path_value_of(in);
    for (const b2h::value &value : record) {
        if (!same_type(value.type(), where.type))
            continue;
        const std::optional<std::string> text = value.text();
        const std::optional<std::string> path = text.has_value() ? where.text.path_of(*text) : std::nullopt;
        if (path.has_value() && is_object_path(*path))
            all.push_back(*path);
    }
    return all;
}

namespace
{
bool has_text(const b2h::record &record, const std::string &type, const std::string &text)
{
    for (const b2h::value &value : record)
        if (same_type(value.type(), type) && value.text() == text)
            return true;
    return false;
}

std::optional<b2h::text> searched_prefix(const call &in)
{
    const std::string &prefix = in.settings().prefix;
    return prefix.empty() ? std::nullopt : std::optional<b2h::text>(prefix);
}

[[noreturn]] void too_many(std::size_t limit)
{
    throw refusal(B2H_IRODS_ACTION_FAILED_ERR,
                  "More than " + std::to_string(limit) +
                      " Handles are found. Search for something narrower, or set "
                      "\"@limit\".");
}
} // namespace

// To the reverse lookup "*" is a wildcard that nothing escapes, and case may not count. So it only proposes
// Handles, and their records decide.
std::vector<std::string> handles_with(const call &in, const texts_by_type &texts, std::size_t limit)
{
    const b2h::text_pairs terms(texts);
    const b2h::handles proposed =
        got(in.client().try_search_handles(terms, searched_prefix(in), limit + 1, in.options()));
    if (proposed.size() > limit)
        too_many(limit);
    std::vector<std::string> names, exact;
    for (const b2h::handle &one : proposed)
        names.push_back(one.name());
    if (names.empty())
        return names;
    const b2h::results records = got(in.client().try_get_records(names, 8, in.options().authoritative()));
    for (std::size_t nth = 0; nth < names.size(); nth++) {
        const b2h::result<b2h::record> record = records[nth].try_record();
        // Deleted since, or with no value that may be read.
        if (record.error().status() == B2H_HANDLE_NOT_FOUND || record.error().status() == B2H_VALUE_NOT_FOUND)
            continue;
        if (!record.has_value())
            throw refusal_of(record.error());
        const auto fits = [&](const auto &one) { return has_text(*record, one.first, one.second); };
        if (std::all_of(texts.begin(), texts.end(), fits))
            exact.push_back(names[nth]);
    }
    std::sort(exact.begin(), exact.end());
    return exact;
}

std::vector<std::string> handles_of_path(const call &in, const std::string &path)
{
    check_path(path);
    const path_value &where = path_value_of(in);
    return handles_with(in, {{where.type, where.text.fill({path, {}})}}, 1000);
}

std::string handle_of_path(const call &in, const std::string &path)
{
    const std::vector<std::string> all = handles_of_path(in, path);
    if (all.empty())
        throw refusal(B2H_IRODS_DOES_NOT_EXIST, "No Handle points to " + path + ".");
    if (all.size() > 1) {
        std::string names;
        for (const std::string &one : all)
            names += (names.empty() ? "" : ", ") + one;
        throw refusal(B2H_IRODS_ACTION_FAILED_ERR, std::to_string(all.size()) + " Handles point to " + path +
                                                       ": " + names +
                                                       ". Nothing was done. Name the one that is meant.");
    }
    return all.front();
}

std::string handle_for(const call &in, operation what, right by, const std::string &argument)
{
    if (is_path(argument)) {
        check_path(argument);
        // Before anything about the object shows.
        if (by == right::by_access)
            in.check_access(what, argument);
        std::string handle = handle_of_path(in, argument);
        // It may point to objects of others, too.
        if (by == right::by_access)
            check_points_to(in, whole_record(in, handle), argument);
        return handle;
    }
    const std::string handle = handle_named(argument);
    if (by == right::by_access) {
        const std::vector<std::string> paths = paths_of(in, whole_record(in, handle));
        if (paths.size() != 1)
            refuse_user(in.who(), what,
                        "It is given by the access to the object, and " + handle + " points to " +
                            (paths.empty() ? "no object" : "several objects") + " here.");
        in.check_access(what, paths.front());
    }
    return handle;
}

void check_points_to(const call &in, const b2h::record &record, const std::string &path)
{
    if (paths_of(in, record) != std::vector<std::string>{path})
        throw refusal(B2H_IRODS_ACTION_FAILED_ERR, record.handle() + " does not point to " + path +
                                                       " and nothing else. Nothing was changed.");
}

void check_prefix(const call &in, operation what, const std::string &handle)
{
    if (in.who().is_admin())
        return;
    const std::string prefix = got(b2h::try_name_parse(handle)).prefix;
    if (in.settings().prefix.empty() || !same_type(prefix, in.settings().prefix))
        refuse_user(in.who(), what,
                    handle + " is outside the configured prefix, where only rodsadmins write.");
}

bool is_administrative(const std::string &type)
{
    return type.size() >= 3 && same_type(type.substr(0, 3), "HS_");
}

void check_types(const call &in, operation what, const std::vector<std::string> &types)
{
    if (in.who().is_admin())
        return;
    for (const std::string &type : types)
        if (is_administrative(type))
            refuse_user(in.who(), what,
                        type + " says who administers a Handle; only rodsadmins write such types.");
}
} // namespace b2h_irods
