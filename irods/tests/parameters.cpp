// The plugins, over a library that says what it was called with: parameters of each type on both paths of
// conversion, who the caller is, what the user is told, and that nothing else leaves a plugin. Arguments: the
// folder of the plugins.
#include "agent.hpp"
#include "check.hpp"

#include <algorithm>

using namespace stub;

namespace
{

std::string plugins;

Agent alice()
{
    return Agent{plugins, "alice", "tempZone", false};
}

const Value unset{};

template <typename... V> std::vector<Value> values(V... all)
{
    return {Value{all}...};
}

std::string text(const Value &value)
{
    const auto *text = std::get_if<std::string>(&value);
    return text ? *text : "no string";
}

std::string only(const Strings &lines)
{
    EQUAL(lines.size(), 1u);
    return lines.front();
}

void every_operation_gets_its_arguments()
{
    const struct {
        std::string name;
        Strings arguments;
        bool output;
    } all[] = {
        {"msiB2hRegister", {"a", "b"}, true}, {"msiB2hGet", {"a", "b"}, true},
        {"msiB2hModify", {"a", "b"}, false},  {"msiB2hUnset", {"a", "b"}, false},
        {"msiB2hDelete", {"a"}, false},       {"msiB2hSearch", {"a"}, true},
        {"msiB2hMove", {"a", "b"}, true},     {"msiB2hCheck", {}, true},
    };
    for (const auto &operation : all) {
        auto agent = alice();
        std::string expected = operation.name + "|alice#tempZone|user";
        std::vector<Value> native;
        Strings framework;
        for (const auto &argument : operation.arguments) {
            expected += "|" + argument;
            native.push_back(argument);
            framework.push_back(argument);
        }
        if (operation.output) {
            native.push_back(unset);
            framework.push_back("");
        }
        EQUAL(agent.native(operation.name, native), 0);
        EQUAL(operation.output ? text(native.back()) : only(Agent::logged()).substr(2), expected);
        EQUAL(agent.framework(operation.name, framework), 0);
        EQUAL(operation.output ? framework.back() : only(Agent::logged()).substr(2), expected);
        EQUAL(agent.errors().size(), 0u);

        native.push_back(std::string{"too many"});
        EQUAL(agent.native(operation.name, native), SYS_INVALID_INPUT_PARAM);
    }
}

void structure_is_taken_from_pairs_and_lists()
{
    auto agent = alice();
    const auto given = [&](const char *name, Value value) {
        auto all = values("x", value);
        EQUAL(agent.native(name, all), 0);
        return only(Agent::logged());
    };
    const std::string modify = "5 msiB2hModify|alice#tempZone|user|x|",
                      unset = "5 msiB2hUnset|alice#tempZone|user|x|";
    EQUAL(given("msiB2hModify", Pairs{{"URL", "u"}, {"EUDAT/ROR", ""}}), modify + "object(URL,EUDAT/ROR;u,)");
    EQUAL(given("msiB2hModify", Pairs{}), modify + "object(;)");
    EQUAL(given("msiB2hModify", Strings{"URL", "u", "a b", "längere"}), modify + "pairs(URL,u,a b,längere)");
    EQUAL(given("msiB2hModify", Strings{}), modify + "pairs()");
    EQUAL(given("msiB2hModify", std::string{"{}"}), modify + "{}");
    EQUAL(given("msiB2hUnset", Strings{"A", "B,C"}), unset + "list(A,B,C)");
    EQUAL(given("msiB2hUnset", std::string{"A"}), unset + "A");
    EQUAL(given("msiB2hUnset", std::string{""}), unset);

    auto move = values(Pairs{{"@handle", "21.T1/x"}, {"@path", "/a"}}, "/b", unset);
    EQUAL(agent.native("msiB2hMove", move), 0);
    EQUAL(text(move[2]), "msiB2hMove|alice#tempZone|user|object(@handle,@path;21.T1/x,/a)|/b");

    auto odd = values("x", Strings{"URL"});
    EQUAL(agent.native("msiB2hModify", odd), SYS_INVALID_INPUT_PARAM);

    auto search = values(Pairs{{"URL", "u*"}}, unset);
    search[1] = Value{};
    EQUAL(agent.native("msiB2hSearch", search), 0);
    EQUAL(text(search[1]), "msiB2hSearch|alice#tempZone|user|object(URL;u*)");
}

void other_types_are_refused_with_a_reason()
{
    auto agent = alice();
    const auto refused = [&](const char *name, std::vector<Value> all) {
        EQUAL(agent.native(name, all), USER_PARAM_TYPE_ERR);
        return only(agent.errors());
    };
    const std::string pairs = "a string (JSON), key-value pairs, or a list of keys and values";
    EQUAL(refused("msiB2hGet", values(unset, "URL", unset)), "-323000 handle: not set, not a string");
    EQUAL(refused("msiB2hGet", values("a", 7, unset)), "-323000 type: INT_PI, not a string");
    EQUAL(refused("msiB2hGet", values(Strings{"a"}, "", unset)), "-323000 handle: StrArray_PI, not a string");
    EQUAL(refused("msiB2hDelete", values(Pairs{{"a", "b"}})), "-323000 handle: KeyValPair_PI, not a string");
    EQUAL(refused("msiB2hModify", values("a", 7)), "-323000 values: INT_PI, not " + pairs);
    EQUAL(refused("msiB2hModify", values("a", unset)), "-323000 values: not set, not " + pairs);
    EQUAL(refused("msiB2hModify", values("a", Pairs{{"URL", std::nullopt}})),
          "-323000 values: KeyValPair_PI, not " + pairs);
    EQUAL(refused("msiB2hUnset", values("a", Pairs{{"URL", ""}})),
          "-323000 types: KeyValPair_PI, not a string, or a list of strings");
    EQUAL(refused("msiB2hSearch", values(unset, unset)), "-323000 query: not set, not " + pairs);
}

void outputs_are_strings_whatever_was_there()
{
    auto agent = alice();
    for (const auto &before : values(unset, "old", 7)) {
        auto all = values("a", "b", 0);
        all[2] = before;
        EQUAL(agent.native("msiB2hGet", all), 0);
        EQUAL(text(all[2]), "msiB2hGet|alice#tempZone|user|a|b");
    }
    // On the path of strings, one that cannot be taken back would be an error of its own.
    Strings all{"a", "b", "0"};
    EQUAL(agent.framework("msiB2hGet", all), 0);
    const std::string long_text(1 << 20, 'z');
    auto large = values(long_text, "b", "");
    EQUAL(agent.native("msiB2hGet", large), 0);
    EQUAL(text(large[2]).size(), long_text.size() + 32);
}

void failures_have_a_code_and_a_text_and_no_output()
{
    auto agent = alice();
    auto all = values("fail", "b", "old");
    EQUAL(agent.native("msiB2hGet", all), -176000);
    EQUAL(text(all[2]), "old");
    EQUAL(only(agent.errors()), "-176000 no");
    EQUAL(only(Agent::logged()), "3 no: 100%s");
    Strings strings{"fail", "b", "old"};
    EQUAL(agent.framework("msiB2hGet", strings), -176000);
    EQUAL(strings[2], "old");
    agent.errors();

    // iRODS keeps 1022 bytes of a text; it ends between characters.
    all = values("fail at length", "b", "");
    EQUAL(agent.native("msiB2hGet", all), -176000);
    EQUAL(only(agent.errors()), "-176000 " + std::string(1014, 'x') + "äö...");
}

void nothing_else_leaves_a_plugin()
{
    auto agent = alice();
    for (const char *wrong : {"throw", "throw an int", "positive", "no output"}) {
        auto all = values(wrong, "b", "old");
        EQUAL(agent.native("msiB2hGet", all), SYS_INTERNAL_ERR);
        EQUAL(text(all[2]), "old");
    }
    auto all = values("throw");
    EQUAL(agent.native("msiB2hDelete", all), SYS_INTERNAL_ERR);
    EQUAL(agent.without_connection("msiB2hCheck"), SYS_INTERNAL_NULL_INPUT_ERR);
    EQUAL(agent.without_parameters("msiB2hGet"), SYS_INTERNAL_NULL_INPUT_ERR);
}

void the_caller_is_the_client_user()
{
    Agent rods{plugins, "rods", "tempZone", true};
    auto all = values(unset);
    EQUAL(rods.native("msiB2hCheck", all), 0);
    EQUAL(text(all[0]), "msiB2hCheck|rods#tempZone|admin");
    // As long as a name can be.
    Agent long_name{plugins, std::string(63, 'n'), std::string(63, 'z'), false};
    all = values(unset);
    EQUAL(long_name.native("msiB2hCheck", all), 0);
    EQUAL(text(all[0]), "msiB2hCheck|" + std::string(63, 'n') + "#" + std::string(63, 'z') + "|user");
}

} // namespace

int main(int, char **arguments)
{
    plugins = arguments[1];
    check::in_connections({
        every_operation_gets_its_arguments,
        structure_is_taken_from_pairs_and_lists,
        other_types_are_refused_with_a_reason,
        outputs_are_strings_whatever_was_there,
        failures_have_a_code_and_a_text_and_no_output,
        nothing_else_leaves_a_plugin,
        the_caller_is_the_client_user,
    });
}
