// Registers, changes, reads and deletes, with every function for it.
//
//     records CREDENTIALS
#include "check.hpp"

#include <algorithm>
#include <map>

using namespace std::chrono_literals;

static void registers(const b2h::client &client)
{
    const std::string prefix = client.setting("prefix");
    CHECK(client.register_handle("hdl:21.T12345/CPP", "https://example.org/") == "21.T12345/CPP");
    CHECK_THROWS(B2H_HANDLE_EXISTS, client.register_handle("21.T12345/CPP", "https://example.org/"));
    CHECK(client.register_handle("21.T12345/CPP", "https://example.org/2", b2h::call_options().overwrite()) ==
          "21.T12345/CPP");
    CHECK(client.handle_exists("21.T12345/CPP") && !client.handle_exists("21.T12345/CPP-NOT"));

    b2h::values values;
    CHECK(values.empty());
    const b2h::bytes binary = {0, 255, 1};
    values.add_text("URL", std::string("https://example.org/3"))
        .set_ttl(60s)
        .set_permissions("1100")
        .add_bytes("BINARY", binary, 7)
        .add_admin("300:21.T12345/USER01", b2h::permissions_format(B2H_MAY_AS_OWNER))
        .add_vlist({"300:21.T12345/USER01"}, 200)
        .add_locations({"https://a.example.org/", "https://b.example.org/"}, {{"weight", "0.5"}})
        .add_structured("21.T12345/KEYS", "vlist", R"([{"handle": "21.T12345/USER01", "index": 300}])")
        .add_json(R"({"type": "JSON", "data": "one"})")
        .set_ttl_absolute(std::chrono::system_clock::time_point(2000000000s));
    CHECK(values.size() == 7);
    CHECK(client.register_values("21.T12345/CPP-VALUES", values) == "21.T12345/CPP-VALUES");
    const std::string generated = client.generate_and_register(prefix, values);
    const std::string minted = client.mint_handle(prefix + "/M-", values);
    CHECK(generated.rfind("21.T12345/", 0) == 0 && minted.rfind("21.T12345/M-", 0) == 0);
    client.delete_handle(generated);
    client.delete_handle(minted);
}

static void reads(const b2h::client &client)
{
    const auto all = b2h::call_options().authenticated().authoritative();
    CHECK(client.get_value("21.T12345/CPP", "url") == "https://example.org/2");
    const b2h::record record = client.get_record("21.T12345/CPP-VALUES", all);
    CHECK(record.size() == 7 && !record.empty() && record.handle() == "21.T12345/CPP-VALUES");
    CHECK(record.json().find("\"responseCode\"") != std::string::npos);

    const auto url = record.find("URL");
    CHECK(url && url->index() == 1 && url->type() == "URL" && url->text() == "https://example.org/3");
    CHECK(url->ttl() == 60s && !url->ttl_absolute() && url->permissions() == "1100" &&
          url->format() == "string");
    CHECK(url->timestamp() && *url->timestamp() > b2h::seconds_since_1970(1000000000s));
    CHECK(url->references().empty());
    const auto binary = record.value_at(7);
    CHECK(binary && !binary->text() && binary->data() == (b2h::bytes{0, 255, 1}));
    CHECK(record.find("JSON")->ttl_absolute() == b2h::seconds_since_1970(2000000000s));
    CHECK(!record.find("JSON")->ttl());
    CHECK(!record.find("HS_ADMIN")->data() && record.find("HS_ADMIN")->text());
    CHECK(!record.find("URL", 1) && !record.find("NONE") && !record.value_at(4711));

    std::vector<std::uint32_t> indexes;
    for (const b2h::value value : record)
        indexes.push_back(value.index());
    CHECK(indexes.size() == 7 && std::count(indexes.begin(), indexes.end(), 7u) == 1);
    CHECK(
        std::any_of(record.begin(), record.end(), [](const auto &value) { return value.type() == "JSON"; }));

    CHECK(client.get_values("21.T12345/CPP-VALUES", {"URL", "JSON"}, {}, all).size() == 2);
    CHECK(client.get_values("21.T12345/CPP-VALUES", {}, {1}, all).size() == 1);
    CHECK(client.get_values("21.T12345/CPP-VALUES", std::vector<std::string>{"URL"}, {7}, all).size() == 2);

    client.delete_handle("21.T12345/CPP-VALUES");
}

static void reads_many(const b2h::client &client)
{
    const std::vector<std::string> names = {"21.T12345/CPP", "21.T12345/CPP-NOT", "no name"};
    const b2h::results results = client.get_records(names, 2);
    CHECK(results.size() == 3 && results.failures() == 2 && !results.empty());
    CHECK(results[0].record().find("URL")->text() == "https://example.org/2");
    CHECK(results[1].status() == B2H_HANDLE_NOT_FOUND && !results[1]);
    CHECK_THROWS(B2H_HANDLE_NOT_FOUND, results[1].record());
    CHECK(results[1].try_record().error().handle() == "21.T12345/CPP-NOT");
    CHECK_FAILED(B2H_INVALID_HANDLE, results[2].try_record());
    CHECK_FAILED(B2H_INVALID_ARGUMENT, results[3].try_record());
    int good = 0;
    for (const b2h::outcome outcome : client.get_records({"21.T12345/CPP", "21.T12345/CPP-NOT"}))
        good += outcome ? 1 : 0;
    CHECK(good == 1);
    CHECK(client.get_records(b2h::texts()).empty());
}

static void changes(const b2h::client &client)
{
    const char *name = "21.T12345/CPP";
    client.modify_value(name, "EMAIL", "a@example.org");
    b2h::values values;
    values.add_text("EMAIL", "b@example.org");
    client.modify_values(name, values, b2h::change::modify_only);
    CHECK(client.get_value(name, "EMAIL") == "b@example.org");
    b2h::values more;
    more.add_text("NOTE", "\xc3\xa9t\xc3\xa9", 50).add_vlist({}, 60);
    client.put_values(name, more);
    CHECK(client.get_value(name, "NOTE") == "\xc3\xa9t\xc3\xa9");
    client.add_to_vlist(name, 60, "300:21.T12345/USER01");
    CHECK(client.get_value(name, "HS_VLIST").find("USER01") != std::string::npos);
    client.remove_from_vlist(name, 60, "300:21.T12345/USER01");
    CHECK(client.get_value(name, "HS_VLIST").find("USER01") == std::string::npos);
    CHECK(client.delete_values(name, {"NOTE", "NONE"}) == 1);
    CHECK(client.delete_values_at(name, {60, 61}) == 1);
}

static void changes_locations(const b2h::client &client)
{
    const char *name = "21.T12345/CPP";
    const std::map<std::string, std::string> attributes = {{"weight", "0.5"}, {"country", "de"}};
    CHECK(client.get_locations(name).empty());
    client.add_locations(name, {"https://a.example.org/", "https://b.example.org/"}, attributes);
    CHECK(client.has_location(name, "https://a.example.org/") &&
          !client.has_location(name, "https://c.example.org/"));
    client.exchange_location(name, "https://b.example.org/", "https://c.example.org/");

    const b2h::locations locations = client.get_locations(name);
    CHECK(locations.size() == 2 && locations[1].url() == "https://c.example.org/" && !locations[2].url());
    static_cast<void>(locations.chooseby());
    for (const b2h::location location : locations) {
        CHECK(location.attribute("weight") == "0.5" && !location.attribute("none"));
        CHECK(location.attributes().size() == 4);
        CHECK(location.attributes()[0].first == "id" || location.attributes()[0].first == "href");
    }
    CHECK(client.remove_locations(name, {"https://a.example.org/", "https://none.example.org/"}) == 1);
}

int main(int, char **argv)
{
    const b2h::client client = b2h::client::from_json(argv[1]);
    registers(client);
    reads(client);
    reads_many(client);
    changes(client);
    changes_locations(client);
    client.delete_handle("21.T12345/CPP");
    CHECK(client.stats().requests > 20 && client.stats().retries == 0);

    b2h::config config;
    config.load(argv[1]);
    CHECK(b2h::server_key_from_site(config).rfind("sha256:", 0) == 0);
    CHECK_THROWS(B2H_HANDLE_NOT_FOUND, b2h::server_key_from_prefix(config, "21.NOBODY", client));

    bool good = false;
    for (const b2h::finding finding : client.check())
        good = good || (finding.subject == "server" && finding.verdict == b2h::verdict::good &&
                        !finding.message.empty());
    CHECK(good);
}
