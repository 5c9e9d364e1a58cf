#include <b2handle.hpp>

void example()
{
#ifdef MISUSE
    b2h::cursor cursor = b2h::client::from_json("credentials.json").list_open("21.T12345");
#else
    const b2h::client client = b2h::client::from_json("credentials.json");
    b2h::cursor cursor = client.list_open("21.T12345");
#endif
}
