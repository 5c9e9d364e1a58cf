// The configurations of others, in the words of ours.
#pragma once

#include "json.hpp"

#include <string>
#include <vector>

namespace b2h_irods
{
/** Which form a configuration has, by what is in it. */
std::string form_of(const json &root);

/**
 * Puts a configuration of one of the other forms into ours, and adds to `warnings` what an operator must
 * know.
 *
 * surfsara (irods-msi-persistent-id): the sections handle, lookup, irods, permissions. Utrecht
 * (irods-uu-microservices): epic_url, epic_handle_prefix, epic_key, epic_certificate; other keys are taken as
 * ours.
 */
json in_our_form(const json &root, const std::string &form, const std::string &file,
                 std::vector<std::string> &warnings);
} // namespace b2h_irods
