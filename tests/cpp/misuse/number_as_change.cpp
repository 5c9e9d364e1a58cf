#include <b2handle.hpp>

void example(const b2h::client &client, const b2h::values &values)
{
#ifdef MISUSE
    client.modify_values("21.T12345/EXAMPLE", values, B2H_MODIFY_ONLY);
#else
    client.modify_values("21.T12345/EXAMPLE", values, b2h::change::modify_only);
#endif
}
