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
} // namespace

void modify(const call &in, const std::string &argument, const std::string &text)
{
    constexpr operation what = operation::modify;
    const right by = in.admit(what);
    const given_values given = read_values(text);
    if (!given.path.empty() || given.profile.has_value())
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM, "\"@path\" and \"@profile\" are for msiB2hRegister. "
                                                         "To point a Handle to a new path, use msiB2hMove.");
    if (given.types.empty())
        throw refusal(B2H_IRODS_SYS_INVALID_INPUT_PARAM, "There is no value to write. Nothing was changed.");
    check_types(in, what, given.types);
    check_path_value(in, what, by, given.types);
    const std::string handle = handle_for(in, what, by, argument);
    check_prefix(in, what, handle);
    b2h::values values = got(b2h::values::try_new());
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
    done(in.client().try_delete_handle(handle, in.options()));
}
} // namespace b2h_irods
