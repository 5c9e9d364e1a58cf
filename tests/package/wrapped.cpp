// Somebody's program with the wrapper for C++, whose target brings the standard that it needs.
#include <b2handle.hpp>

#include <iostream>

int main()
{
    if (b2h::client::from_json_text("{\"prefix\": \"21.T12345\"}").setting("prefix") != "21.T12345")
        return 1;
    try {
        b2h::client::from_json_text("not JSON");
        return 1;
    } catch (const b2h::error &error) {
        if (error.status() == B2H_CONFIG_SYNTAX)
            std::cout << "It works.\n";
    }
}
