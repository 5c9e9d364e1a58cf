// msiB2hMove
#include "handles.hpp"
#include "library.hpp"
#include "operations.hpp"
#include "paths.hpp"

namespace b2h_irods
{
namespace
{
/** What a value that was made of the old path is with the new one; none where it was not made of the path. */
std::optional<std::string> moved(const call &in, const b2h::value &value, const filling &from,
                                 const filling &to)
{
    const std::string type = value.type();
    const std::optional<std::string> text = value.text();
    const path_value &where = path_value_of(in);
    if (same_type(type, where.type) && text == where.text.fill(from))
        return where.text.fill(to);
    for (const auto &one : in.settings().profiles)
        for (const entry &made : one.second)
            if (same_type(type, made.type) && made.text.needs_path() && text == made.text.fill(from))
                return made.text.fill(to);
    return std::nullopt;
}

/** The values of a Handle that pointed to no object before. */
b2h::values first_values(const call &in, const filling &to)
{
    b2h::values values = got(b2h::values::try_new());
    const path_value &where = path_value_of(in);
    done(values.try_add_text(where.type, where.text.fill(to)));
    const auto found = in.settings().profiles.find("default");
    if (found != in.settings().profiles.end())
        for (const entry &one : found->second)
            if (one.text.needs_path() && one.applies(true) && !same_type(one.type, where.type))
                done(values.try_add_text(one.type, one.text.fill(to)));
    return values;
}

b2h::values moved_values(const call &in, const b2h::record &record, const filling &from, const filling &to)
{
    b2h::values values = got(b2h::values::try_new());
    for (const b2h::value &value : record) {
        const std::optional<std::string> text = moved(in, value, from, to);
        if (text.has_value())
            done(values.try_add_text(value.type(), *text, value.index()));
    }
    return values;
}
} // namespace

std::string move(const call &in, const std::string &text, const std::string &new_path)
{
    constexpr operation what = operation::move;
    const right by = in.admit(what);
    check_path(new_path);
    const source from = read_source(text);
    const std::string handle = handle_for(in, what, by, from.handle);
    check_prefix(in, what, handle);
    if (by == right::by_access)
        in.check_access(what, new_path, true);
    const b2h::record record = whole_record(in, handle);
    const std::vector<std::string> paths = paths_of(in, record);
    if (paths.size() > 1)
        throw refusal(B2H_IRODS_ACTION_FAILED_ERR,
                      handle + " points to " + std::to_string(paths.size()) +
                          " objects, so it is not clear which value is to be moved. Write the "
                          "values with msiB2hModify.");
    if (!from.path.empty() && paths != std::vector<std::string>{new_path})
        check_points_to(in, record, from.path);
    const filling to = {new_path, handle};
    if (paths.empty()) {
        // Checked above where the right depends on it: then there is a path.
        if (by == right::by_access)
            refuse_user(in.who(), what, handle + " points to no object any more.");
        done(in.client().try_modify_values(handle, first_values(in, to), b2h::change::modify_or_add,
                                           in.options()));
    } else if (paths.front() != new_path) {
        if (by == right::by_access)
            in.check_access(what, paths.front());
        const b2h::values values = moved_values(in, record, {paths.front(), handle}, to);
        done(in.client().try_modify_values(handle, values, b2h::change::modify_only, in.options()));
    }
    return handle;
}
} // namespace b2h_irods
