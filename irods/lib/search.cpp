// msiB2hSearch
#include "handles.hpp"
#include "library.hpp"
#include "operations.hpp"

#include <algorithm>

namespace b2h_irods
{
namespace
{
std::vector<std::string> with_wildcards(const call &in, const texts_by_type &texts, std::size_t limit)
{
    const std::string &prefix = in.settings().prefix;
    const std::optional<b2h::text> below = prefix.empty() ? std::nullopt : std::optional<b2h::text>(prefix);
    const b2h::handles found = got(in.client().try_search_handles(texts, below, limit + 1, in.options()));
    if (found.size() > limit)
        throw refusal(B2H_IRODS_ACTION_FAILED_ERR,
                      "More than " + std::to_string(limit) +
                          " Handles are found. Search for something narrower, or set "
                          "\"@limit\".");
    std::vector<std::string> names;
    for (const b2h::handle &one : found)
        names.push_back(one.name());
    std::sort(names.begin(), names.end());
    return names;
}

/** Those that are in both. */
std::vector<std::string> common(const std::vector<std::string> &one, const std::vector<std::string> &other)
{
    std::vector<std::string> both;
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(both));
    return both;
}
} // namespace

std::string search(const call &in, const std::string &text)
{
    const right by = in.admit(operation::search);
    const query asked = read_query(text);
    if (by == right::by_access) {
        if (asked.path.empty())
            refuse_user(in.who(), operation::search,
                        "It is given by the access to an object: name it in \"@path\".");
        in.check_access(operation::search, asked.path);
    }
    if (asked.path.empty())
        return json_list(asked.wildcards ? with_wildcards(in, asked.texts, asked.limit)
                                         : handles_with(in, asked.texts, asked.limit));
    if (asked.texts.empty())
        return json_list(handles_of_path(in, asked.path));
    if (asked.wildcards)
        return json_list(
            common(handles_of_path(in, asked.path), with_wildcards(in, asked.texts, asked.limit)));
    return json_list(common(handles_of_path(in, asked.path), handles_with(in, asked.texts, asked.limit)));
}
} // namespace b2h_irods
