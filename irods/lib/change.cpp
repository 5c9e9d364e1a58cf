// msiB2hGet, msiB2hModify, msiB2hUnset, msiB2hDelete
#include "handles.hpp"
#include "library.hpp"
#include "operations.hpp"

namespace b2h_irods
{
std::string get(const call &in, const std::string &argument, const std::string &type)
{
    const right by = in.admit(operation::get);
    const std::string handle = handle_for(in, operation::get, by, argument);
    if (!type.empty())
        return got(in.client().try_get_value(handle, type, in.options()));
    return got(in.client().try_get_record(handle, in.options())).json();
}

namespace
{
/** Whoever has a right by access alone must not let a Handle point to the object of somebody else. */
void check_path_value(const call &in, operation what, right by, const std::vector<std::string> &types)
{
    if (by == right::by_access && has_type(types, path_value_of(in).type))
        refuse_user(in.who(), what,
                    path_value_of(in).type + " says which object the Handle points to: use msiB2hMove.");
}

/** Lets the Handle of an object that is gone point to what the configuration has for such. */
void add_tombstone(const call &in, const given_values &given, const std::string &handle, b2h::values &values)
{
    const path_value &where = path_value_of(in);
    const std::string url = "URL";
    if (!in.settings().tombstone.has_value())
        throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR,
                      in.settings().file + ": it has no \"tombstone\" in \"irods\", the URL for Handles of "
                                           "objects that were deleted. Add it.");
    if (has_type(given.types, where.type) || has_type(given.types, url))
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM,
                      "\"@tombstone\" writes " + where.type + " and URL. Leave them out.");
    if (!in.who().is_gone(given.tombstone))
        throw refusal(B2H_IRODS_ACTION_FAILED_ERR,
                      given.tombstone + " is there, or it could not be found out whether it is, so that its "
                                        "Handle gets no tombstone. Nothing was changed.");
    const b2h::record record = whole_record(in, handle);
    check_points_to(in, record, given.tombstone);
    const std::string text = where.text.fill({given.tombstone, handle});
    for (const b2h::value &value : record)
        if (same_type(value.type(), where.type) && value.text() == text)
            done(values.try_add_text(where.type, *in.settings().tombstone, value.index()));
    if (!same_type(where.type, url))
        done(values.try_add_text(url, *in.settings().tombstone));
}

/** Nobody but a rodsadmin deletes Handles that say who somebody is on the server: ours, and those with keys.
 */
void check_no_identity(const call &in, operation what, const std::string &handle)
{
    if (in.who().is_admin())
        return;
    bool is_identity = false;
    for (const std::string &own : in.settings().own_handles)
        is_identity = is_identity || same_type(own, handle);
    for (const b2h::value &value : whole_record(in, handle)) {
        const std::string type = value.type();
        is_identity = is_identity || (is_administrative(type) && !same_type(type, "HS_ADMIN"));
    }
    if (is_identity)
        refuse_user(in.who(), what,
                    handle + " says who somebody is on the Handle server; only rodsadmins delete it.");
}
} // namespace

void modify(const call &in, const std::string &argument, const std::string &text)
{
    constexpr operation what = operation::modify;
    const right by = in.admit(what);
    const given_values given = read_values(text);
    const bool buries = !given.tombstone.empty();
    if (given.profile.has_value() || (buries && !given.path.empty()))
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM,
                      "\"@profile\" is for msiB2hRegister, and \"@path\" not for "
                      "\"@tombstone\". Nothing was changed.");
    if (given.types.empty() && !buries)
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM, "There is no value to write. Nothing was changed.");
    check_types(in, what, given.types);
    check_path_value(in, what, by, given.types);
    const std::string handle = handle_for(in, what, by, argument);
    check_prefix(in, what, handle);
    b2h::values values = got(b2h::values::try_new());
    if (buries)
        add_tombstone(in, given, handle, values);
    else if (!given.path.empty())
        check_points_to(in, whole_record(in, handle), given.path);
    given.add_to(values);
    done(in.client().try_modify_values(handle, values, b2h::change::modify_or_add, in.options()));
}

void unset(const call &in, const std::string &argument, const std::string &text)
{
    constexpr operation what = operation::unset;
    const right by = in.admit(what);
    const std::vector<std::string> types = read_types(text);
    check_types(in, what, types);
    check_path_value(in, what, by, types);
    const std::string handle = handle_for(in, what, by, argument);
    check_prefix(in, what, handle);
    const b2h::record record = whole_record(in, handle);
    for (const std::string &type : types)
        if (!record.find(type).has_value())
            throw refusal(B2H_IRODS_UNMATCHED_KEY_OR_INDEX,
                          handle + " has no value of type " + type + ". Nothing was removed.");
    if (got(in.client().try_delete_values(handle, types, in.options())) == 0)
        throw refusal(B2H_IRODS_UNMATCHED_KEY_OR_INDEX, handle + " has no value of these types any more.");
}

void delete_handle(const call &in, const std::string &argument)
{
    const right by = in.admit(operation::delete_handle);
    const std::string handle = handle_for(in, operation::delete_handle, by, argument);
    check_prefix(in, operation::delete_handle, handle);
    check_no_identity(in, operation::delete_handle, handle);
    done(in.client().try_delete_handle(handle, in.options()));
}
} // namespace b2h_irods
