// What the C++ test programs share. A failed check says where, and ends the program.
#ifndef CHECK_HPP
#define CHECK_HPP

#include <b2handle.hpp>

#include <cstdio>
#include <cstdlib>

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                             \
            std::exit(1);                                                                                    \
        }                                                                                                    \
    } while (0)

/** A result of a try_ function has failed with a status, and says why. */
#define CHECK_FAILED(expected, result)                                                                       \
    do {                                                                                                     \
        const auto &failed_ = (result);                                                                      \
        if (failed_.error().status() != (expected))                                                          \
            std::fprintf(stderr, "%s\n", failed_.error().message().c_str());                                 \
        CHECK(failed_.error().status() == (expected) && !failed_ && !failed_.error().message().empty());     \
    } while (0)

/** An expression throws b2h::error with a status. */
#define CHECK_THROWS(expected, expression)                                                                   \
    do {                                                                                                     \
        bool thrown_ = false;                                                                                \
        try {                                                                                                \
            static_cast<void>(expression);                                                                   \
        } catch (const b2h::error &error_) {                                                                 \
            thrown_ = true;                                                                                  \
            if (error_.status() != (expected))                                                               \
                std::fprintf(stderr, "%s\n", error_.what());                                                 \
            CHECK(error_.status() == (expected) && error_.message() == error_.what());                       \
        }                                                                                                    \
        CHECK(thrown_);                                                                                      \
    } while (0)

#endif
