#include <b2handle.hpp>

void example(const b2h::client &client)
{
#ifdef MISUSE
    client.try_delete_handle("21.T12345/EXAMPLE");
#else
    if (!client.try_delete_handle("21.T12345/EXAMPLE"))
        std::abort();
#endif
}
