#include <b2handle.hpp>

b2h::call_options example()
{
#ifdef MISUSE
    return b2h::call_options().deadline(std::chrono::system_clock::now());
#else
    return b2h::call_options().deadline(std::chrono::steady_clock::now());
#endif
}
