// Shared objects of several compilers and standard libraries in one process, as a server has them that loads
// plugins: each of them is this source with -DPART=name, and the program, without it, calls them all.
#ifdef PART
#include <b2handle.hpp>

#include <vector>

extern "C" int PART(const char *credentials);

/** Makes, copies, moves and frees what the headers have, with texts that are no short strings. */
extern "C" int PART(const char *credentials)
{
    const std::string name = "21.T12345/MIXED-with-a-name-that-is-long-enough";
    b2h::config config;
    config.load(credentials);
    int messages = 0;
    config.set_log(b2h::log_level::debug, [&](b2h::log_level, std::string_view) { messages++; });
    b2h::client made(config);
    const b2h::client client = std::move(made);

    b2h::values values;
    values.add_text("URL", "https://example.org/a-text-that-is-long-enough");
    values.add_locations({"https://a.example.org/", "https://b.example.org/"}, {{"weight", "0.5"}});
    if (client.register_values(name, values, b2h::call_options().overwrite()) != name)
        return 1;
    const b2h::record record = client.get_record(name);
    const std::vector<b2h::value> all(record.begin(), record.end());
    if (all.size() != 3 || all[0].text() != "https://example.org/a-text-that-is-long-enough")
        return 2;
    for (const b2h::outcome outcome : client.get_records({name, "21.T12345/NOBODY"}))
        if (outcome.try_record().has_value() != (outcome.status() == B2H_OK))
            return 3;
    for (const b2h::handle handle : client.list_open("21.T12345", 1))
        if (handle.name().empty())
            return 4;

    const b2h::result<std::string> failed = client.try_get_value(name, "A-TYPE-THAT-IS-NOT-THERE");
    const b2h::failure why = failed.error();
    if (why.status() != B2H_VALUE_NOT_FOUND || why.message().find(name) == std::string::npos)
        return 5;
    try {
        client.get_value("21.T12345/NOBODY-of-a-name-that-is-long-enough", "URL");
        return 6;
    } catch (const b2h::error &error) {
        if (error.status() != B2H_HANDLE_NOT_FOUND || error.handle().value_or("").size() < 40)
            return 7;
    }
    client.delete_handle(name);
    return messages > 0 ? 0 : 8;
}

#else
#include <cstdio>

extern "C" int part_one(const char *credentials);
extern "C" int part_two(const char *credentials);

int main(int, char **argv)
{
    for (int turn = 0; turn < 2; turn++) {
        const int one = part_one(argv[1]), two = part_two(argv[1]);
        if (one != 0 || two != 0) {
            std::printf("%d %d\n", one, two);
            return 1;
        }
    }
    return 0;
}
#endif
