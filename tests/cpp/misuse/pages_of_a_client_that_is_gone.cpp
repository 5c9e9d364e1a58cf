#include <b2handle.hpp>

void example()
{
#ifdef MISUSE
    for (b2h::handle handle : b2h::client::from_json("c.json").search_open({{"URL", "*"}}))
        static_cast<void>(handle);
#else
    const b2h::client client = b2h::client::from_json("c.json");
    for (b2h::handle handle : client.search_open({{"URL", "*"}}))
        static_cast<void>(handle);
#endif
}
