/* b2h register and b2h mint: new Handles. */
#include "input.h"
#include "report.h"
#include "subcommands.h"
#include "text.h"
#include "values.h"

#include <stdio.h>
#include <stdlib.h>

/* The prefix under which names are minted. */
static char *prefix;

/* The values for operands [URL] [TYPE=VALUE ...]; NULL after a failure, which is told. */
static b2h_values *values_of(const struct options *options, const char *handle, int argc, char **argv,
                             int *status)
{
    const char *url = argc > 0 && is_url(argv[0]) ? argv[0] : NULL;
    b2h_values *values = values_for(options, handle, url, argc - (url != NULL), argv + (url != NULL), status);

    if (values == NULL || b2h_values_count(values) > 0)
        return values;
    b2h_values_free(values);
    *status =
        wrong_usage(options, "%s needs a URL or other values", handle != NULL ? handle : "a new Handle");
    return NULL;
}

static int register_one(struct session *session, int argc, char **argv)
{
    int status;
    b2h_values *values = values_of(session->options, argv[0], argc - 1, argv + 1, &status);
    b2h_error *error = NULL;
    char *name = NULL;

    if (values == NULL)
        return status;
    if (b2h_register_values(session->client, argv[0], values, &session->call, &name, &error) == B2H_OK)
        succeed(session->options, name, "registered");
    else
        status = fail(session->options, argv[0], error);
    b2h_string_free(name);
    b2h_values_free(values);
    return status;
}

static int mint_one(struct session *session, int argc, char **argv)
{
    const struct options *options = session->options;
    int status;
    b2h_values *values = values_of(options, NULL, argc, argv, &status);
    b2h_error *error = NULL;
    char *name = NULL, *start = NULL;
    b2h_status outcome;

    if (values == NULL)
        return status;
    if (options->by_server && asprintf(&start, "%s/", prefix) > 0)
        outcome = b2h_mint_handle(session->client, start, values, &session->call, &name, &error);
    else
        outcome = b2h_generate_and_register(session->client, prefix, values, &session->call, &name, &error);
    if (outcome != B2H_OK) {
        status = fail(options, NULL, error);
    } else if (options->quiet && !options->json) {
        put_visible(stdout, name);
        putchar('\n');
    } else {
        succeed(options, name, "registered");
    }
    free(start);
    b2h_string_free(name);
    b2h_values_free(values);
    return status;
}

int run_register(struct session *session, int argc, char **argv)
{
    int status = values_load(session->options, reads_handles(argc, argv));

    if (status == DONE)
        status = for_each_handle(session, argc, argv, register_one);
    values_unload();
    return status;
}

/* Asks the library, as the server would take the beginning of a name, too. Returns 0, or the exit status of a
 * failure. */
static int check_prefix(const struct options *options)
{
    b2h_error *error = NULL;
    char *name = NULL;
    int status = DONE;

    if (b2h_generate_name(prefix, &name, &error) != B2H_OK)
        status = fail(options, NULL, error);
    b2h_string_free(name);
    return status;
}

int run_mint(struct session *session, int argc, char **argv)
{
    /* Without an operand, the values may be all in a file. */
    int is_one = argc == 0 && session->options->values != NULL;
    int status = values_load(session->options, !is_one && reads_handles(argc, argv));

    if (status == DONE)
        prefix = session_prefix(session, session->options->prefix, &status);
    if (prefix != NULL)
        status = check_prefix(session->options);
    if (prefix != NULL && status == DONE)
        status = is_one ? mint_one(session, argc, argv) : for_each_handle(session, argc, argv, mint_one);
    free(prefix);
    prefix = NULL;
    values_unload();
    return status;
}
