/* b2h key fetch: the key of a server, to be pinned. */
#include "key_file.h"
#include "keys.h"
#include "report.h"

#include <string.h>

/* The resolver that --resolver names. Returns 0, or the exit status after a failure, which is told. */
static int open_resolver(const struct options *options, b2h_client **out)
{
    b2h_error *error = NULL;

    if (options->resolver == NULL || b2h_client_from_json(options->resolver, out, &error) == B2H_OK)
        return DONE;
    return fail(options, NULL, error);
}

static int fetch(struct session *session, b2h_config *config, const char *prefix)
{
    const struct options *options = session->options;
    b2h_client *resolver = NULL;
    b2h_error *error = NULL;
    b2h_status outcome;
    char *pem = NULL;
    int status = open_resolver(options, &resolver);

    if (status != DONE)
        return status;
    if (prefix != NULL)
        outcome = b2h_server_key_from_prefix(config, prefix, resolver, &session->call, &pem, &error);
    else
        outcome = b2h_server_key_from_site(config, &session->call, &pem, &error);
    if (outcome == B2H_OK)
        status = key_write(options, (const uint8_t *)pem, strlen(pem), 0, 1);
    else
        status = fail(options, NULL, error);
    b2h_string_free(pem);
    b2h_client_free(resolver);
    return status;
}

int key_fetch(struct session *session, int argc, char **argv)
{
    const struct options *options = session->options;
    b2h_error *error = NULL;
    b2h_config *config;
    int status = DONE;

    if (argc > 1)
        return wrong_usage(options, "key fetch takes one prefix, or none");
    config = configure(options, &status);
    if (config == NULL)
        return status;
    if (options->server != NULL &&
        b2h_config_set(config, "handle_server_url", options->server, &error) != B2H_OK)
        status = fail(options, NULL, error);
    else
        status = fetch(session, config, argc > 0 ? argv[0] : NULL);
    b2h_config_free(config);
    return status;
}
