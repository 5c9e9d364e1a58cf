#include <b2handle.hpp>

std::size_t example(const b2h::client &client)
{
#ifdef MISUSE
    return client.delete_values("21.T12345/EXAMPLE", "URL");
#else
    return client.delete_values("21.T12345/EXAMPLE", {"URL"});
#endif
}
