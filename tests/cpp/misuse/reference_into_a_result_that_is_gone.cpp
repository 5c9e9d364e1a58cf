#include <b2handle.hpp>

std::size_t example(const b2h::client &client)
{
#ifdef MISUSE
    b2h::record &record = client.try_get_record("21.T12345/EXAMPLE").value();
    return record.size();
#else
    b2h::record record = client.try_get_record("21.T12345/EXAMPLE").value();
    return record.size();
#endif
}
