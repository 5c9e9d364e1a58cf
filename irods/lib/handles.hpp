// Handles and the objects that they point to.
#pragma once

#include "arguments.hpp"
#include "call.hpp"

#include <string>
#include <vector>

namespace b2h_irods
{
/** The name in a plain form; refuses what is no name. */
std::string handle_named(const std::string &written);

/** Whether an argument is a path; a Handle never begins with "/". */
bool is_path(const std::string &argument) noexcept;

/** Reads a record as the credentials may, or else as the public does. */
b2h::record whole_record(const call &in, const std::string &handle);

/** How a Handle of an object is written; refuses where the configuration does not say. */
const path_value &path_value_of(const call &in);

/** The paths that the values of a record tell. */
std::vector<std::string> paths_of(const call &in, const b2h::record &record);

/** The Handles that have exactly these texts, in alphabetical order; refuses more than `limit`. */
std::vector<std::string> handles_with(const call &in, const texts_by_type &texts, std::size_t limit);

/** The Handles that point to exactly this path. */
std::vector<std::string> handles_of_path(const call &in, const std::string &path);
/** The one Handle that points to this path. */
std::string handle_of_path(const call &in, const std::string &path);

/**
 * The Handle that an argument means, for an operation that the user was admitted to; with a right by access,
 * the access to the object that the record points to is checked, whatever the argument says.
 */
std::string handle_for(const call &in, operation what, right by, const std::string &argument);

/** Refuses where the record does not point to exactly this path: who says that it does may be mistaken, or
 * lie. */
void check_points_to(const call &in, const b2h::record &record, const std::string &path);

/** Refuses to write where users who are not rodsadmin may not: outside the prefix. */
void check_prefix(const call &in, operation what, const std::string &handle);
/** Whether a value of the type says who somebody is or may do what on the Handle server. */
bool is_administrative(const std::string &type);
/** Refuses types that users who are not rodsadmin may not write: those that say who administers a Handle. */
void check_types(const call &in, operation what, const std::vector<std::string> &types);
} // namespace b2h_irods
