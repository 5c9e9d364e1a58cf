#include <b2handle.hpp>

b2h::call_options example()
{
#ifdef MISUSE
    return b2h::call_options().timeout(30);
#else
    return b2h::call_options().timeout(std::chrono::seconds(30));
#endif
}
