#include "catalogue.hpp"
#include "query.hpp"

#include "b2handle_irods.h"

#include <algorithm>

namespace b2h
{
namespace
{

/* What access_type_id means is fixed by the schema of the catalogue, and higher includes lower; the names
 * that belong to the numbers changed in 4.3. */
int access_type(int wanted)
{
    switch (wanted) {
    case B2H_IRODS_ACCESS_READ:
        return 1050;
    case B2H_IRODS_ACCESS_WRITE:
        return 1120;
    default:
        return 1200;
    }
}

/* The columns that differ between data objects and collections. */
struct Kind {
    int id;
    int list_of;
    int list_user;
    int list_type;
};
constexpr Kind data_object{COL_D_DATA_ID, COL_DATA_ACCESS_DATA_ID, COL_DATA_ACCESS_USER_ID,
                           COL_DATA_ACCESS_TYPE};
constexpr Kind collection{COL_COLL_ID, COL_COLL_ACCESS_COLL_ID, COL_COLL_ACCESS_USER_ID,
                          COL_COLL_ACCESS_TYPE};

/* The first column of the one row whose other columns are exactly these texts; "" if there is none. The
 * database may compare with less care: case, or spaces at the end. */
std::string exact(const Query::Rows &rows, const Query::Row &texts)
{
    for (const auto &row : rows) {
        if (std::equal(row.begin() + 1, row.end(), texts.begin(), texts.end())) {
            return row.front();
        }
    }
    return {};
}

/* The ids of the groups of a user, and of the user: every user is a group of one. */
Query::Row groups(rsComm_t *connection, const User &user, const std::string &zone)
{
    Query query{connection, zone};
    query.where(COL_USER_NAME, user.name).where(COL_USER_ZONE, user.zone);
    const Query::Row texts{user.name, user.zone};
    Query::Row ids;
    for (const auto &row : query.rows({COL_USER_GROUP_ID, COL_USER_NAME, COL_USER_ZONE})) {
        if (std::equal(row.begin() + 1, row.end(), texts.begin(), texts.end())) {
            ids.push_back(row.front());
        }
    }
    return ids;
}

bool contains(const Query::Row &ids, const std::string &id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string data_object_id(rsComm_t *connection, const std::string &zone, const std::string &path)
{
    const auto slash = path.rfind('/');
    const auto parent = path.substr(0, std::max<std::size_t>(slash, 1)), name = path.substr(slash + 1);
    if (name.empty()) {
        return {};
    }
    Query query{connection, zone};
    query.where(COL_COLL_NAME, parent).where(COL_DATA_NAME, name);
    return exact(query.rows({COL_D_DATA_ID, COL_COLL_NAME, COL_DATA_NAME}), {parent, name});
}

std::string collection_id(rsComm_t *connection, const std::string &zone, const std::string &path)
{
    Query query{connection, zone};
    query.where(COL_COLL_NAME, path);
    return exact(query.rows({COL_COLL_ID, COL_COLL_NAME}), {path});
}

struct Object {
    // Ids mean something in one catalogue only: all queries go to that of the object's zone.
    std::string zone;
    Kind kind;
    // "" if there is no such object.
    std::string id;
};

Object find(rsComm_t *connection, const std::string &path)
{
    if (path.empty() || path.front() != '/') {
        return {{}, data_object, {}};
    }
    const auto zone = path.substr(1, path.find('/', 1) - 1);
    const auto id = data_object_id(connection, zone, path);
    return id.empty() ? Object{zone, collection, collection_id(connection, zone, path)}
                      : Object{zone, data_object, id};
}

} // namespace

int object_id(rsComm_t *connection, const std::string &path, std::string &id)
{
    id = find(connection, path).id;
    return id.empty() ? B2H_IRODS_DOES_NOT_EXIST : 1;
}

int member(rsComm_t *connection, const User &user, const std::string &group)
{
    // Users are groups too; only what iadmin made as a group counts.
    Query query{connection, {}};
    query.where(COL_USER_NAME, group).where(COL_USER_TYPE, "rodsgroup");
    const auto id = exact(query.rows({COL_USER_ID, COL_USER_NAME, COL_USER_TYPE}), {group, "rodsgroup"});
    return !id.empty() && contains(groups(connection, user, {}), id);
}

int access(rsComm_t *connection, const User &user, const std::string &path, int wanted)
{
    const auto object = find(connection, path);
    if (object.id.empty()) {
        return B2H_IRODS_DOES_NOT_EXIST;
    }
    const auto who = groups(connection, user, object.zone);
    Query query{connection, object.zone};
    query.where(object.kind.list_of, object.id);
    const auto list = query.rows({object.kind.list_user, object.kind.list_type});
    return std::any_of(list.begin(), list.end(), [&](const Query::Row &entry) {
        return contains(who, entry[0]) && std::stoi(entry[1]) >= access_type(wanted);
    });
}

} // namespace b2h
