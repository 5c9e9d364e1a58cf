/* Values to be written, from TYPE=VALUE, --values and --profile. */
#ifndef VALUES_H
#define VALUES_H

#include "session.h"

/* Whether an operand, where URL or TYPE=VALUE may stand, is a URL: it has no equals sign, or a colon before
 * it. */
int is_url(const char *operand);

/* Splits NAME=VALUE operands into two lists, which point into them. Both are freed with assignments_free().
 */
struct assignments {
    char **names;
    const char **values;
    size_t count;
};

/* Returns 0, or the exit status after a failure, which is told. */
int assignments_read(const struct options *options, int argc, char **argv, struct assignments *out);
void assignments_free(struct assignments *assignments);

/*
 * The values that a URL (or NULL), the operands and the options ask for, to be freed; NULL after a failure,
 * which is told.
 */
b2h_values *values_for(const struct options *options, const char *handle, const char *url, int argc,
                       char **argv, int *status);

/* Keeps the content of --values for all Handles; returns 0, or the exit status after a failure, which is
 * told. */
int values_load(const struct options *options, int is_list);
void values_unload(void);

#endif
