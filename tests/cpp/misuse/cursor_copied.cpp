#include <b2handle.hpp>

void example(b2h::cursor &cursor)
{
#ifdef MISUSE
    for (b2h::cursor copy = cursor; auto page = copy.next();)
        static_cast<void>(page);
#else
    for (b2h::cursor &same = cursor; auto page = same.next();)
        static_cast<void>(page);
#endif
}
