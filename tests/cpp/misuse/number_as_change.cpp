#include <b2handle.hpp>

void example(const b2h::client &client, const b2h::values &values)
{
#ifdef MISUSE
    const std::int32_t how = B2H_MODIFY_ONLY;
    client.modify_values("21.T12345/EXAMPLE", values, how);
#else
    client.modify_values("21.T12345/EXAMPLE", values, b2h::change::modify_only);
#endif
}
