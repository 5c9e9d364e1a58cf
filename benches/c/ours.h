/* What the programs with libb2handle share. */
#ifndef OURS_H
#define OURS_H

#include "measure.h"

#include <b2handle.h>

/* A failed call ends the program and says why. */
static inline void succeed(b2h_status status, b2h_error *err)
{
    if (status == B2H_OK)
        return;
    fprintf(stderr, "%s: %s\n", b2h_status_str(status), b2h_error_message(err));
    exit(1);
}

#endif
