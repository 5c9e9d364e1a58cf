// How the programs here test: what is wrong goes to stderr, and the program fails.
#ifndef B2H_IRODS_CHECK_HPP
#define B2H_IRODS_CHECK_HPP

#include "agent.hpp"

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <sstream>
#include <string>

namespace check
{

inline int count = 0;

template <typename A, typename B>
void equal(const A &is, const B &shall, const char *what, const char *file, int line)
{
    ++count;
    if (is == shall) {
        return;
    }
    std::ostringstream text;
    text << file << ':' << line << ": " << what << " is\n  " << is << "\nand not\n  " << shall << '\n';
    std::fputs(text.str().c_str(), stderr);
    std::exit(1);
}

} // namespace check

#define EQUAL(is, ...) check::equal((is), (__VA_ARGS__), #is, __FILE__, __LINE__)

namespace check
{

/* Runs each case in a connection of its own; one that checks nothing fails. */
inline void in_connections(std::initializer_list<void (*)()> cases)
{
    for (auto *one : cases) {
        EQUAL(stub::connection([&] {
                  one();
                  std::exit(count == 0);
              }),
              0);
    }
    std::printf("%zu connections\n", cases.size());
}

} // namespace check

#endif
