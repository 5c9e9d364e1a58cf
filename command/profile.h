/* Values from --profile. */
#ifndef PROFILE_H
#define PROFILE_H

#include "values.h"

/*
 * Fills the profile that the options name; the URL, or NULL, goes where the profile has its URL. Returns 0,
 * or the exit status after a failure, which is told.
 */
int profile_values(const struct options *options, const char *handle, const char *url,
                   struct assignments *given, b2h_values **out);

#endif
