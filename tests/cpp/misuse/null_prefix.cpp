#include <b2handle.hpp>

b2h::handles example(const b2h::client &client)
{
#ifdef MISUSE
    return client.search_handles({{"URL", "*"}}, nullptr);
#else
    return client.search_handles({{"URL", "*"}}, std::nullopt);
#endif
}
