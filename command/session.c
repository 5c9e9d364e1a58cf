#include "session.h"
#include "interrupt.h"
#include "report.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

static int32_t answer(const char *path, char *buffer, size_t size, void *user_data)
{
    (void)user_data;
    return ask_passphrase("Passphrase of", path, buffer, size);
}

b2h_config *configure(const struct options *options, int *status)
{
    const char *path = options->credentials;
    b2h_config *config = NULL;
    b2h_error *error = NULL;

    if (path == NULL)
        path = getenv("B2H_CREDENTIALS");
    if (b2h_config_new(&config, &error) == B2H_OK &&
        b2h_config_set_log(config, options->log_level, hear, NULL, &error) == B2H_OK &&
        b2h_config_ask_passphrase(config, answer, NULL, &error) == B2H_OK &&
        (path == NULL || *path == '\0' || b2h_config_load(config, path, &error) == B2H_OK))
        return config;
    b2h_config_free(config);
    *status = fail(options, NULL, error);
    return NULL;
}

int session_open(struct session *session)
{
    b2h_error *error = NULL;
    int status = DONE;
    b2h_config *config = configure(session->options, &status);

    if (config != NULL && b2h_client_new(config, &session->client, &error) != B2H_OK) {
        /* The library only knows that there is no passphrase. */
        if (interrupt_came() && b2h_error_status(error) == B2H_PASSPHRASE_NEEDED)
            status = fail_with(session->options, NULL, B2H_CANCELLED,
                               "Interrupted before the passphrase was given.");
        else
            status = fail(session->options, NULL, error), error = NULL;
        b2h_error_free(error);
    }
    b2h_config_free(config);
    return status;
}

void session_close(struct session *session)
{
    b2h_client_free(session->client);
    session->client = NULL;
}

char *session_prefix(const struct session *session, const char *given, int *status)
{
    char *prefix = NULL, *copy;

    if (given != NULL)
        return strdup(given);
    if (b2h_client_setting(session->client, "prefix", &prefix, NULL) != B2H_OK) {
        *status = wrong_usage(session->options, "a prefix is missing, and the credentials name none");
        return NULL;
    }
    copy = strdup(prefix);
    b2h_string_free(prefix);
    return copy;
}
