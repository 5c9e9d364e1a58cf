// What a program without exceptions and type information uses: compiled with -fno-exceptions -fno-rtti.
//
//     no_exceptions CREDENTIALS
#include <b2handle.hpp>

#include <cstdio>

int main(int, char **argv)
{
    int heard = 0;
    auto config = b2h::config::try_new();
    if (!config || !config->try_load(argv[1]) ||
        !config->try_set_log(b2h::log_level::debug, [&](b2h::log_level, std::string_view) { heard++; }))
        return 1;
    auto client = b2h::client::try_from_config(*config);
    if (!client)
        return 2;
    auto values = b2h::values::try_new();
    if (!values || !values->try_add_text("URL", "https://example.org/"))
        return 3;
    if (!client->try_register_values("21.T12345/NOEXCEPT", *values))
        return 4;
    auto record = client->try_get_record("21.T12345/NOEXCEPT");
    if (!record || record->find("URL")->text() != "https://example.org/")
        return 5;
    const auto missing = client->try_get_value("21.T12345/NOEXCEPT", "NONE");
    if (missing || missing.error().status() != B2H_VALUE_NOT_FOUND)
        return 6;
    if (!client->try_delete_handle("21.T12345/NOEXCEPT") || heard == 0)
        return 7;
    std::puts(missing.error().message().c_str());
    return 0;
}
