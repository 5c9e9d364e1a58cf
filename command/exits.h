/* What a script or a monitor learns from the exit status. b2h.1 says the same to users. */
#ifndef EXITS_H
#define EXITS_H

#include <b2handle.h>

enum {
    DONE = 0,
    FAILED = 1,         /* anything without a number of its own */
    WRONG_USAGE = 2,    /* options, arguments, names or values that mean nothing */
    NOT_CONFIGURED = 3, /* credentials or a key file cannot be used */
    NOT_FOUND = 4,
    ALREADY_THERE = 5,
    NOT_AUTHENTICATED = 6,
    NOT_PERMITTED = 7,
    NOT_REACHED = 8,    /* network, TLS, time */
    SERVER_TROUBLE = 9, /* it was reached, and cannot do it */
    IN_DOUBT = 10,      /* a change may have been made or not */
    IN_CONFLICT = 11,   /* with the record as it is, or with somebody else's change */
    SOME_FAILED = 12    /* of many Handles; each has told why */
};

/* The exit status for a failed call; in_doubt counts more than its cause. */
int exit_for(b2h_status status, int in_doubt);

#endif
