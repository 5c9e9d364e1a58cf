/*
 * The log: who hears what, and what the listener may not do.
 *
 *     log CREDENTIALS EXPOSED
 *
 * CREDENTIALS have HTTPS_verify false and are nobody else's to read; EXPOSED are for all to read.
 */
#include "check.h"

struct heard {
    int count;
    int32_t level;
    char last[1000];
    b2h_config *config;
    b2h_client *client;
};

static void hear(int32_t level, const char *message, void *user_data)
{
    struct heard *heard = user_data;

    heard->count++;
    heard->level = level;
    snprintf(heard->last, sizeof heard->last, "%s", message);
}

/* Does all that it must not do. */
static void meddle(int32_t level, const char *message, void *user_data)
{
    struct heard *heard = user_data;
    b2h_client *client = NULL;
    b2h_error *error = NULL;
    char *value = NULL;

    hear(level, message, user_data);
    CHECK(b2h_client_from_json_text("{}", &client, &error) == B2H_REENTRANT && client == NULL);
    CHECK(strstr(b2h_error_message(error), "from inside one of its own calls") != NULL);
    b2h_error_free(error);
    CHECK(b2h_get_value(heard->client, "21.T12345/EXAMPLE", "URL", NULL, &value, NULL) == B2H_REENTRANT);
    CHECK(b2h_config_set_log(heard->config, B2H_LOG_DEBUG, NULL, NULL, NULL) == B2H_REENTRANT);
    b2h_client_free(heard->client);
    b2h_config_free(heard->config);
}

static b2h_config *config_of(const char *path)
{
    b2h_config *config = NULL;
    CHECK_STATUS(B2H_OK, b2h_config_new(&config, &err));
    CHECK_STATUS(B2H_OK, b2h_config_load(config, path, &err));
    return config;
}

int main(int argc, char **argv)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    struct heard heard = {0};
    int count;
    b2h_client *client = NULL;
    b2h_config *config;
    char *value = NULL;

    CHECK(argc == 3);
    config = config_of(argv[1]);
    CHECK(b2h_config_set_log(config, 0, hear, &heard, &err) == B2H_INVALID_ARGUMENT);
    CHECK(strstr(b2h_error_message(err), "level") != NULL);
    b2h_error_free(err);
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_config_set_log(config, 5, hear, &heard, &err));

    /* Only what matters as much as was asked for. */
    CHECK_STATUS(B2H_OK, b2h_config_set_log(config, B2H_LOG_ERROR, hear, &heard, &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    b2h_client_free(client);
    CHECK(heard.count == 0);
    CHECK_STATUS(B2H_OK, b2h_config_set_log(config, B2H_LOG_WARNING, hear, &heard, &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    CHECK(heard.count == 1 && heard.level == B2H_LOG_WARNING);
    CHECK(strstr(heard.last, "HTTPS_verify is false") != NULL && strchr(heard.last, '\n') == NULL);

    /* A listener that meddles harms nobody: client and configuration work on. */
    heard.config = config;
    heard.client = client;
    CHECK_STATUS(B2H_OK, b2h_config_set_log(config, B2H_LOG_DEBUG, meddle, &heard, &err));
    client = NULL;
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    CHECK(heard.count == 2);
    CHECK_STATUS(B2H_OK, b2h_get_value(heard.client, "21.T12345/EXAMPLE", "URL", NULL, &value, &err));
    b2h_string_free(value);
    b2h_client_free(heard.client);
    b2h_client_free(client);

    /* Freeing ends the session, and is heard too. */
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "auth_method", "session", &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    heard.client = client;
    options.flags = B2H_AUTHENTICATED;
    CHECK_STATUS(B2H_OK, b2h_get_value(client, "21.T12345/EXAMPLE", "URL", &options, &value, &err));
    b2h_string_free(value);
    count = heard.count;
    b2h_client_free(client);
    CHECK(heard.count == count + 1 && strstr(heard.last, "DELETE ") == heard.last);
    heard.count = 2;

    CHECK_STATUS(B2H_OK, b2h_config_set_log(config, B2H_LOG_DEBUG, NULL, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    CHECK(heard.count == 2);
    b2h_client_free(client);
    b2h_config_free(config);

    /* Secrets that others may read. */
    config = config_of(argv[2]);
    CHECK_STATUS(B2H_OK, b2h_config_set_log(config, B2H_LOG_WARNING, hear, &heard, &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    CHECK(heard.count == 3 && strstr(heard.last, argv[2]) != NULL);
    CHECK(strstr(heard.last, "mode 0644") != NULL && strstr(heard.last, "chmod 600 ") != NULL);
    b2h_client_free(client);
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "strict_permissions", "true", &err));
    CHECK(b2h_client_new(config, &client, &err) == B2H_CONFIG_INVALID && client == NULL);
    CHECK(strstr(b2h_error_message(err), "chmod 600 ") != NULL);
    b2h_error_free(err);
    b2h_config_free(config);
    return 0;
}
