#include <b2handle.hpp>

b2h::client example(b2h::client &client)
{
#ifdef MISUSE
    return client;
#else
    return std::move(client);
#endif
}
