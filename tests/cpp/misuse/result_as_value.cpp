#include <b2handle.hpp>

std::string example(const b2h::client &client)
{
#ifdef MISUSE
    return client.try_get_value("21.T12345/EXAMPLE", "URL");
#else
    return client.try_get_value("21.T12345/EXAMPLE", "URL").value_or("");
#endif
}
