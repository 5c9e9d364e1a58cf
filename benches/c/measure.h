/* What the measured programs share: they print the time a piece of work took, and what it took of the
 * processor. */
#ifndef MEASURE_H
#define MEASURE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define REQUIRE(condition)                                                                                   \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                  \
            exit(1);                                                                                         \
        }                                                                                                    \
    } while (0)

/* Names in a record that nginx makes up for any Handle. */
#define HANDLE_FORMAT "21.T12345/EXAMPLE-%06zu"

static struct timespec measured_wall;
static struct rusage measured_cpu;

/* whose: RUSAGE_SELF or RUSAGE_CHILDREN */
static inline void measure_from_here(int whose)
{
    REQUIRE(clock_gettime(CLOCK_MONOTONIC, &measured_wall) == 0);
    REQUIRE(getrusage(whose, &measured_cpu) == 0);
}

static inline int64_t microseconds(const struct timeval *time)
{
    return (int64_t)time->tv_sec * 1000000 + time->tv_usec;
}

/* Prints nanoseconds: wall, and user and system together. */
static inline void measured_until_here(int whose)
{
    struct timespec wall;
    struct rusage cpu;
    int64_t used;

    REQUIRE(clock_gettime(CLOCK_MONOTONIC, &wall) == 0);
    REQUIRE(getrusage(whose, &cpu) == 0);
    used = microseconds(&cpu.ru_utime) + microseconds(&cpu.ru_stime);
    used -= microseconds(&measured_cpu.ru_utime) + microseconds(&measured_cpu.ru_stime);
    printf("%lld %lld\n",
           (long long)(wall.tv_sec - measured_wall.tv_sec) * 1000000000 + wall.tv_nsec -
               measured_wall.tv_nsec,
           (long long)used * 1000);
}

#endif
