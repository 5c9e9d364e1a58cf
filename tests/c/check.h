/* What the C test programs share. A failed check says where, and ends the program. */
#ifndef CHECK_H
#define CHECK_H

#include "under.h"

#include <b2handle.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                  \
            exit(1);                                                                                         \
        }                                                                                                    \
    } while (0)

#define CHECK_STATUS(expected, call)                                                                         \
    do {                                                                                                     \
        b2h_status check_status_ = (call);                                                                   \
        if (check_status_ != (expected)) {                                                                   \
            fprintf(stderr, "%s:%d: %s: expected %s, got %s: %s\n", __FILE__, __LINE__, #call,               \
                    b2h_status_str(expected), b2h_status_str(check_status_), b2h_error_message(err));        \
            exit(1);                                                                                         \
        }                                                                                                    \
        b2h_error_free(err);                                                                                 \
        err = NULL;                                                                                          \
    } while (0)

/* Where CHECK_STATUS looks for the message: pass &err to the call. */
static _Thread_local b2h_error *err;

static inline b2h_client *client_from(const char *path)
{
    b2h_client *client = NULL;
    CHECK_STATUS(B2H_OK, b2h_client_from_json(path, &client, &err));
    return client;
}

#endif
