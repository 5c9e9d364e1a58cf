/* What became of the work: failures, and words about success. */
#ifndef REPORT_H
#define REPORT_H

#include "exits.h"
#include "options.h"

/* Tells why a call failed, and frees the error. The handle may be NULL. Returns the exit status. */
int fail(const struct options *options, const char *handle, b2h_error *error);

/* Tells of a failure that the library does not know about. Returns the exit status. */
int fail_with(const struct options *options, const char *handle, b2h_status status, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Tells what is wrong with the command line. Returns the exit status. */
int wrong_usage(const struct options *options, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Tells that a Handle was changed: a line for people, or in JSON {"handle": ..., "result": ...}; nothing if
 * quiet. */
void succeed(const struct options *options, const char *handle, const char *result);

/* The same for a number of things, such as "2 values deleted". */
void succeed_count(const struct options *options, const char *handle, const char *result, size_t count,
                   const char *thing);

/* A line of the library's log. */
void hear(int32_t level, const char *message, void *user_data);

/* Writes out what was printed. Returns 0, or the exit status where that failed. */
int flush_output(void);

#endif
