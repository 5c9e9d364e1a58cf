// The plugins over the library, in connections of their own, against a Handle server. Arguments: the folder
// of the plugins; B2HANDLE_IRODS_CONFIG names the configuration, which lets alice do by access what is
// written below.
#include "agent.hpp"
#include "catalogue.hpp"
#include "check.hpp"

#include <algorithm>
#include <cctype>

using namespace stub;

namespace
{

std::string plugins;
const Value unset{};
const std::string home = "/tempZone/home/alice/", odd = home + "it's *100%* #1 ä & \"b\"?.txt";

struct Rods : Agent {
    Rods() : Agent{plugins, "rods", "tempZone", true}
    {
    }
};

struct Alice : Agent {
    Alice() : Agent{plugins, "alice", "tempZone", false}
    {
    }
};

std::string text(const Value &value)
{
    const auto *text = std::get_if<std::string>(&value);
    return text ? *text : "no string";
}

std::string registered(Agent &agent, const std::string &target, const std::string &path)
{
    std::vector<Value> all{target, Pairs{{"@path", path}, {"EUDAT/ROR", "{IRODS_WEBDAV_PREFIX}"}}, unset};
    EQUAL(agent.native("msiB2hRegister", all), 0);
    return text(all[2]);
}

std::string got(Agent &agent, const std::string &handle, const std::string &type)
{
    Strings all{handle, type, ""};
    EQUAL(agent.framework("msiB2hGet", all), 0);
    return all[2];
}

/* The reverse lookup answers in capitals; in names of Handles, these mean nothing. */
std::string capitals(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
    return name;
}

int code_of(Agent &agent, const std::string &name, std::vector<Value> all)
{
    return agent.native(name, all);
}

int get(Agent &agent, const std::string &handle, const std::string &type)
{
    return code_of(agent, "msiB2hGet", {handle, type, unset});
}

void a_life()
{
    Rods rods;
    const auto pid = registered(rods, "id:tempZone/10042", odd);
    EQUAL(registered(rods, "id:tempZone/10042", odd), pid);
    EQUAL(pid.rfind("21.T12345/", 0), 0u);
    // A value is written as it is, whatever it looks like.
    EQUAL(got(rods, pid, "EUDAT/ROR"), "{IRODS_WEBDAV_PREFIX}");
    EQUAL(got(rods, odd, "URL"), got(rods, pid, "URL"));

    EQUAL(code_of(rods, "msiB2hModify", {pid, Strings{"EUDAT/FIO", "a b", "EMAIL", "c"}}), 0);
    EQUAL(got(rods, pid, "EUDAT/FIO"), "a b");
    EQUAL(code_of(rods, "msiB2hUnset", {pid, Strings{"EUDAT/FIO", "EMAIL"}}), 0);
    EQUAL(get(rods, pid, "EUDAT/FIO"), -313000);

    // The worst of the old ones: nothing to remove removed all.
    EQUAL(code_of(rods, "msiB2hUnset", {pid, "NOSUCHKEY"}), -313000);
    EQUAL(code_of(rods, "msiB2hUnset", {pid, ""}), -130000);
    EQUAL(code_of(rods, "msiB2hUnset", {pid, Strings{}}), -130000);
    EQUAL(got(rods, pid, "EUDAT/ROR"), "{IRODS_WEBDAV_PREFIX}");

    std::vector<Value> search{Pairs{{"@path", odd}}, unset};
    EQUAL(rods.native("msiB2hSearch", search), 0);
    EQUAL(capitals(text(search[1])), "[\"" + capitals(pid) + "\"]");

    std::vector<Value> move{odd, home + "new", unset};
    EQUAL(rods.native("msiB2hMove", move), 0);
    EQUAL(capitals(text(move[2])), capitals(pid));
    EQUAL(get(rods, odd, "URL"), -176000);
    EQUAL(got(rods, home + "new", "EUDAT/ROR"), "{IRODS_WEBDAV_PREFIX}");

    EQUAL(code_of(rods, "msiB2hDelete", {pid}), 0);
    EQUAL(get(rods, pid, ""), -176000);
    EQUAL(rods.errors().empty(), false);
}

void wildcards_in_names_match_nothing_else()
{
    Rods rods;
    const auto one = registered(rods, "", home + "data1"), all = registered(rods, "", home + "data*");
    EQUAL(get(rods, home + "data?", "URL"), -176000);
    EQUAL(code_of(rods, "msiB2hDelete", {home + "data*"}), 0);
    EQUAL(get(rods, all, "URL"), -176000);
    EQUAL(get(rods, one, "URL"), 0);
}

void errors_are_told_apart()
{
    Rods rods;
    const auto pid = registered(rods, "", home + "apart");
    EQUAL(get(rods, "21.T12345/NO-SUCH-HANDLE", "URL"), -176000);
    EQUAL(get(rods, pid, "NO-SUCH-TYPE"), -313000);
    EQUAL(get(rods, "no handle", "URL"), -130000);
    EQUAL(code_of(rods, "msiB2hRegister", {pid, Pairs{{"URL", "u"}}, unset}), -809000);
    EQUAL(code_of(rods, "msiB2hModify", {pid, "no JSON"}), -130000);
    EQUAL(code_of(rods, "msiB2hModify", {pid, 7}), -323000);
    EQUAL(rods.errors().size(), 6u);
    for (const auto &line : Agent::logged()) {
        EQUAL(line.find("secret"), std::string::npos);
    }
}

void others_may_what_their_access_to_the_object_lets_them()
{
    catalogue().local_zone = "tempZone";
    auto &zone = catalogue().zones["tempZone"];
    zone.user(10, "alice", "tempZone");
    zone.group(20, "curators", "tempZone", {10});
    zone.collection(99, "/tempZone/home/alice");
    zone.data_object(100, "/tempZone/home/alice", odd.substr(home.size()));
    zone.data_object(101, "/tempZone/home/bob", "secret");
    zone.access(100, 20, 1120);

    Alice alice;
    // "register" and "modify" are permitted by write access, "get" to the group; nothing else is.
    const auto pid = registered(alice, "id:tempZone/100", odd);
    EQUAL(got(alice, pid, "EUDAT/ROR"), "{IRODS_WEBDAV_PREFIX}");
    EQUAL(code_of(alice, "msiB2hModify", {odd, Pairs{{"EMAIL", "a"}}}), 0);
    EQUAL(code_of(alice, "msiB2hDelete", {pid}), -121000);
    EQUAL(code_of(alice, "msiB2hRegister", {"", Pairs{{"@path", "/tempZone/home/bob/secret"}}, unset}),
          -121000);
    EQUAL(code_of(alice, "msiB2hRegister", {"", Pairs{{"@path", "/tempZone/home/bob/none"}}, unset}),
          -121000);
    EQUAL(alice.errors().size(), 3u);
    // A catalogue that does not answer permits nothing.
    catalogue().broken = -806000;
    EQUAL(code_of(alice, "msiB2hModify", {pid, Pairs{{"EMAIL", "b"}}}) < 0, true);
    EQUAL(get(alice, pid, "EMAIL"), -121000);
}

void a_check_says_who_may_what()
{
    Rods rods;
    std::vector<Value> all{unset};
    EQUAL(rods.native("msiB2hCheck", all), 0);
    EQUAL(text(all[0]).find("\"ok\":true") != std::string::npos ||
              text(all[0]).find("\"ok\": true") != std::string::npos,
          true);
}

} // namespace

int main(int, char **arguments)
{
    plugins = arguments[1];
    check::in_connections({
        a_life,
        wildcards_in_names_match_nothing_else,
        errors_are_told_apart,
        others_may_what_their_access_to_the_object_lets_them,
        a_check_says_who_may_what,
    });
}
