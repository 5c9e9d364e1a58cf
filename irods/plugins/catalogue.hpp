// What the microservices ask the catalogue: groups, and access to objects.
#ifndef B2H_IRODS_CATALOGUE_HPP
#define B2H_IRODS_CATALOGUE_HPP

#include "irods/rcMisc.h"

#include <string>

namespace b2h
{

struct User {
    std::string name;
    std::string zone;
};

/* 1 if the user is a member of the local group with exactly this name, 0 if not, or a negative code. */
int member(rsComm_t *connection, const User &user, const std::string &group);

/*
 * 1 if the access list of the data object or collection gives the user, or a group of theirs, at least this
 * access (B2H_IRODS_ACCESS_...), 0 if not, DOES_NOT_EXIST if there is no object with exactly this path that
 * the user may see, or a negative code. Tickets give nothing.
 */
int access(rsComm_t *connection, const User &user, const std::string &path, int wanted);

/* Writes the id of the data object or collection with exactly this path. Returns 1, DOES_NOT_EXIST, or
 * another negative code. */
int object_id(rsComm_t *connection, const std::string &path, std::string &id);

} // namespace b2h

#endif
