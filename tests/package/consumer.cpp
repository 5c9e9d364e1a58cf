// Somebody's program in C++, where exceptions pass beside those that the library catches inside.
#include <b2handle.h>

#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

namespace
{
struct deleter {
    void operator()(b2h_client *client) const
    {
        b2h_client_free(client);
    }
    void operator()(b2h_error *error) const
    {
        b2h_error_free(error);
    }
    void operator()(char *text) const
    {
        b2h_string_free(text);
    }
};

void check(b2h_status status, b2h_error *error)
{
    std::unique_ptr<b2h_error, deleter> owner(error);
    if (status != B2H_OK)
        throw std::runtime_error(b2h_error_message(error));
}

std::string prefix(const char *json)
{
    b2h_error *error = nullptr;
    b2h_client *client = nullptr;
    b2h_status status = b2h_client_from_json_text(json, &client, &error);
    check(status, error);
    std::unique_ptr<b2h_client, deleter> owner(client);
    char *text = nullptr;
    status = b2h_client_setting(client, "prefix", &text, &error);
    check(status, error);
    return std::unique_ptr<char, deleter>(text).get();
}
} // namespace

int main()
{
    if (prefix("{\"prefix\": \"21.T12345\"}") != "21.T12345" ||
        b2h_version() != std::string(B2H_VERSION_STRING))
        return 1;
    try {
        prefix("not JSON");
        return 1;
    } catch (const std::exception &) {
        std::cout << "It works.\n";
    }
}
