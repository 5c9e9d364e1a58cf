// What the plugins ask the catalogue about groups and access, for names that mean something in a query. Runs
// over the library that passes questions on. Arguments: the folder of the plugins.
#include "agent.hpp"
#include "catalogue.hpp"
#include "check.hpp"

using namespace stub;

namespace
{

std::string plugins;

enum { read = 1, write = 2, own = 3 };

constexpr int no_such_object = -176000;

std::string asked(const std::string &question, const std::string &user = "alice",
                  const std::string &zone = "tempZone")
{
    Agent agent{plugins, user, zone, false};
    Strings all{question, "", ""};
    EQUAL(agent.framework("msiB2hGet", all), 0);
    EQUAL(catalogue().open_statements, 0);
    return all[2];
}

std::string group(const std::string &name, const std::string &user = "alice",
                  const std::string &zone = "tempZone")
{
    return asked("group " + name, user, zone);
}

std::string access(int level, const std::string &path, const std::string &user = "alice",
                   const std::string &zone = "tempZone")
{
    return asked("access " + std::to_string(level) + " " + path, user, zone);
}

/* A zone with alice (10), bob (11), and a visitor of the same name as alice (12). */
Zone &start()
{
    catalogue() = {};
    catalogue().local_zone = "tempZone";
    auto &zone = catalogue().zones["tempZone"];
    zone.user(10, "alice", "tempZone");
    zone.user(11, "bob", "tempZone");
    zone.user(12, "alice", "elsewhere");
    zone.group(20, "curators", "tempZone", {10});
    zone.group(21, "curators ", "tempZone", {11});
    zone.group(22, "it's 100%_*", "tempZone", {10, 12});
    return zone;
}

void membership_is_exact()
{
    start();
    EQUAL(group("curators"), "1");
    EQUAL(group("curators", "bob"), "0");
    EQUAL(group("curators", "alice", "elsewhere"), "0");
    EQUAL(group("nobody"), "0");
    EQUAL(group(""), "0");
    EQUAL(group("curator%"), "0");
    EQUAL(group("*"), "0");
    EQUAL(group("it's 100%_*"), "1");
    EQUAL(group("it's 100%_*", "alice", "elsewhere"), "1");
    EQUAL(group("it's 100%_*", "bob"), "0");
    // Every user is a group of one in the catalogue, but was not meant where a group is.
    EQUAL(group("alice"), "0");
    EQUAL(group("curators", "mallory"), "0");
    EQUAL(group("curators", "%"), "0");
}

void membership_is_exact_where_the_database_is_not()
{
    start();
    catalogue().careless = true;
    EQUAL(group("curators"), "1");
    EQUAL(group("Curators"), "0");
    EQUAL(group("curators "), "0");
    EQUAL(group("curators ", "bob"), "1");
    EQUAL(group("curators", "Alice"), "0");
    EQUAL(group("curators", "alice", "TEMPZONE"), "0");
}

void access_is_by_the_list_of_the_object()
{
    auto &zone = start();
    zone.collection(100, "/");
    zone.collection(101, "/tempZone/home");
    zone.collection(102, "/tempZone/home/c");
    zone.data_object(201, "/tempZone/home", "a");
    zone.access(201, 10, 1050);
    zone.access(201, 11, 1120);
    zone.access(102, 20, 1120);
    zone.access(102, 10, 1050);
    zone.access(101, 11, 1200);

    EQUAL(access(read, "/tempZone/home/a"), "1");
    EQUAL(access(write, "/tempZone/home/a"), "0");
    EQUAL(access(write, "/tempZone/home/a", "bob"), "1");
    EQUAL(access(own, "/tempZone/home/a", "bob"), "0");
    EQUAL(access(read, "/tempZone/home/a", "alice", "elsewhere"), "0");
    EQUAL(access(read, "/tempZone/home/a", "mallory"), "0");
    // Through the group, which has more than the user.
    EQUAL(access(write, "/tempZone/home/c"), "1");
    EQUAL(access(own, "/tempZone/home/c"), "0");
    EQUAL(access(read, "/tempZone/home/c", "bob"), "0");
    EQUAL(access(own, "/tempZone/home", "bob"), "1");
    EQUAL(access(read, "/tempZone/home"), "0");
    EQUAL(access(read, "/"), "0");
    EQUAL(asked("id /tempZone/home/a"), "201");
    EQUAL(asked("id /tempZone/home/c"), "102");
    EQUAL(asked("id /tempZone/home/b"), std::to_string(no_such_object));

    for (const char *none : {"/tempZone/home/b", "/tempZone/home/a/", "/tempZone/home/", "/tempZone//home/a",
                             "tempZone/home/a", "a", "", "//"}) {
        EQUAL(access(read, none), std::to_string(no_such_object));
    }
}

void names_mean_nothing_but_themselves()
{
    auto &zone = start();
    const char *names[] = {"*",           "%",      "_",      "a#b",      "it's",   "'",   "''",
                           "' or '1'='1", "a\\",    "\\'",    "ä€",       "a  b",   "a\"", "a;b",
                           "a||b",        "a && b", "= 'a'x", "in ('a')", "between"};
    int id = 300;
    zone.collection(++id, "/tempZone");
    zone.access(id, 11, 1200);
    for (const std::string name : names) {
        zone.data_object(++id, "/tempZone", name);
        zone.access(id, 10, 1050);
        zone.data_object(++id, "/tempZone", "not " + name);
        zone.access(id, 10, 1200);
        zone.collection(++id, "/tempZone/c" + name);
        zone.access(id, 10, 1120);
    }
    for (const std::string name : names) {
        EQUAL(access(read, "/tempZone/" + name), "1");
        EQUAL(access(write, "/tempZone/" + name), "0");
        EQUAL(access(write, "/tempZone/c" + name), "1");
        EQUAL(access(own, "/tempZone/c" + name), "0");
    }
    EQUAL(access(read, "/tempZone/?"), std::to_string(no_such_object));
    EQUAL(access(read, "/tempZone/%%"), std::to_string(no_such_object));
}

/* "= 'x'||= 'y'" would find y: such a name cannot be asked for, and is nobody's. */
void what_cannot_be_asked_is_refused()
{
    auto &zone = start();
    zone.data_object(401, "/tempZone", "y");
    zone.access(401, 10, 1200);
    for (const char *name : {"x'||='y", "x' || = 'y", "x'&&='y", "'||", "a&&b'"}) {
        EQUAL(access(read, std::string{"/tempZone/"} + name), std::to_string(SYS_INVALID_INPUT_PARAM));
        EQUAL(asked(std::string{"id /tempZone/"} + name), std::to_string(SYS_INVALID_INPUT_PARAM));
        EQUAL(access(read, std::string{"/tempZone/"} + name + "/y"), std::to_string(SYS_INVALID_INPUT_PARAM));
        EQUAL(group(name), std::to_string(SYS_INVALID_INPUT_PARAM));
    }
    EQUAL(access(read, "/tempZone/" + std::string(2000, 'l')), std::to_string(SYS_INVALID_INPUT_PARAM));
}

void access_is_exact_where_the_database_is_not()
{
    auto &zone = start();
    catalogue().careless = true;
    zone.data_object(501, "/tempZone", "A");
    zone.access(501, 10, 1200);
    zone.data_object(502, "/tempZone", "a");
    zone.access(502, 11, 1200);
    zone.collection(503, "/tempZone/C");
    zone.access(503, 10, 1200);
    EQUAL(access(read, "/tempZone/a"), "0");
    EQUAL(access(own, "/tempZone/A"), "1");
    EQUAL(asked("id /tempZone/a"), "502");
    EQUAL(asked("id /tempZone/A "), std::to_string(no_such_object));
    EQUAL(access(read, "/tempZone/A "), std::to_string(no_such_object));
    EQUAL(access(read, "/tempzone/A"), std::to_string(SYS_INVALID_ZONE_NAME));
    EQUAL(access(read, "/tempZone/c"), std::to_string(no_such_object));
    EQUAL(access(read, "/tempZone/C"), "1");
    EQUAL(access(read, "/tempZone/C", "Alice"), "0");
}

void long_lists_are_read_to_their_end()
{
    auto &zone = start();
    zone.data_object(601, "/tempZone", "shared");
    std::vector<int> everybody{10};
    for (int i = 0; i < 700; ++i) {
        zone.user(1000 + i, "user" + std::to_string(i), "tempZone");
        zone.access(601, 1000 + i, 1050);
        zone.group(2000 + i, "group" + std::to_string(i), "tempZone", everybody);
    }
    zone.access(601, 2699, 1120);
    EQUAL(access(write, "/tempZone/shared"), "1");
    EQUAL(access(own, "/tempZone/shared"), "0");
    EQUAL(access(read, "/tempZone/shared", "user699"), "1");
    EQUAL(access(write, "/tempZone/shared", "user699"), "0");
    EQUAL(group("group699"), "1");
}

/* The ids of two zones have nothing to do with each other. */
void objects_of_another_zone_are_looked_up_there()
{
    start().group(30, "all", "tempZone", {10});
    auto &other = catalogue().zones["elsewhere"];
    other.user(10, "mallory", "elsewhere");
    other.user(77, "alice", "tempZone");
    other.data_object(701, "/elsewhere", "hers");
    other.access(701, 77, 1200);
    other.data_object(702, "/elsewhere", "mallory's");
    other.access(702, 10, 1200);
    EQUAL(access(own, "/elsewhere/hers"), "1");
    EQUAL(access(read, "/elsewhere/mallory's"), "0");
    EQUAL(access(read, "/nowhere/x"), std::to_string(SYS_INVALID_ZONE_NAME));
}

void a_failing_catalogue_is_no_yes()
{
    start();
    catalogue().broken = -806000;
    EQUAL(group("curators"), "-806000");
    EQUAL(access(read, "/tempZone/a"), "-806000");
    catalogue().broken = 0;
    EQUAL(group("curators"), "1");
}

} // namespace

int main(int, char **arguments)
{
    plugins = arguments[1];
    check::in_connections({
        membership_is_exact,
        membership_is_exact_where_the_database_is_not,
        access_is_by_the_list_of_the_object,
        names_mean_nothing_but_themselves,
        what_cannot_be_asked_is_refused,
        access_is_exact_where_the_database_is_not,
        long_lists_are_read_to_their_end,
        objects_of_another_zone_are_looked_up_there,
        a_failing_catalogue_is_no_yes,
    });
}
