#include <b2handle.hpp>

std::string example(const b2h::client &client)
{
#ifdef MISUSE
    return client.get_value(nullptr, "URL");
#else
    return client.get_value("21.T12345/EXAMPLE", "URL");
#endif
}
