/*
 * Calls to a server that resets connections, in a host that SIGPIPE would end. That the program is still
 * there at the end is what is tested, and that no SIGPIPE is left waiting.
 *
 *     host_sigpipe CREDENTIALS MIB CALLS
 *
 * Changes have a body of so many MiB; 0 for a small one.
 */
#include "host.h"

static b2h_values *body_of(int mib)
{
    static char text[1 << 20];
    b2h_values *values = NULL;
    int i;

    /* A value may have just this much; a record may have many. */
    memset(text, 'x', sizeof text - 1);
    CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
    for (i = 0; i < mib; i++)
        CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "NOTE", text, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "URL", "http://x/", &err));
    return values;
}

static void ended_well(b2h_status status)
{
    if (status != B2H_OK && status != B2H_UNREACHABLE && status != B2H_TLS_FAILED &&
        status != B2H_CONNECTION_LOST) {
        fprintf(stderr, "%s: %s\n", b2h_status_str(status), b2h_error_message(err));
        exit(1);
    }
    b2h_error_free(err);
    err = NULL;
}

int main(int argc, char **argv)
{
    struct sigaction action;
    struct host before;
    b2h_client *client;
    b2h_values *values;
    int i, writes;

    CHECK(argc == 4);
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    host_look(&before);
    client = client_from(argv[1]);
    values = body_of(atoi(argv[2]));
    writes = may_write(client);
    for (i = 0; i < atoi(argv[3]); i++) {
        char *value = NULL;

        ended_well(b2h_get_value(client, "21.T12345/EXAMPLE", "URL", NULL, &value, &err));
        b2h_string_free(value);
        if (writes)
            ended_well(b2h_register_values(client, "21.T12345/PIPE", values, NULL, NULL, &err));
    }
    b2h_values_free(values);
    b2h_client_free(client);
    CHECK_HOST_SAME(&before);
    CHECK(sigaction(SIGPIPE, NULL, &action) == 0 && action.sa_handler == SIG_DFL);
    return 0;
}
