/* What a subcommand works with. */
#ifndef SESSION_H
#define SESSION_H

#include "options.h"

#include <b2handle.h>

struct session {
    const struct options *options;
    b2h_client *client;
    b2h_call_options call;
};

/* The configuration that the options name, to be freed; NULL after a failure, which is told. */
b2h_config *configure(const struct options *options, int *status);

/* Makes the client. Returns 0, or the exit status after a failure, which is told. Close it all the same. */
int session_open(struct session *session);
void session_close(struct session *session);

/* The given prefix, or else that of the credentials, to be freed with free(). NULL after a failure, which is
 * told. */
char *session_prefix(const struct session *session, const char *given, int *status);

#endif
