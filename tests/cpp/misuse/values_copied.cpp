#include <b2handle.hpp>

void example(b2h::values &values)
{
#ifdef MISUSE
    b2h::values more = values;
#else
    b2h::values more = std::move(values);
#endif
}
