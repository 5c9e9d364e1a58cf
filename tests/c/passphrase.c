/*
 * Asking for the passphrase of a private key: who is asked, for which file, and what happens to the answer.
 *
 *     passphrase SERVER_URL KEY_FILE USER PASSPHRASE
 */
#include "check.h"

struct asked {
    const char *passphrase, *path;
    int times, answer_length;
    b2h_config *config;
    char *buffer;
};

static int32_t answer(const char *path, char *buffer, size_t size, void *user_data)
{
    struct asked *asked = user_data;
    size_t length = strlen(asked->passphrase);
    b2h_client *client = NULL;
    b2h_error *error = NULL;

    asked->times++;
    asked->buffer = buffer;
    CHECK(strcmp(path, asked->path) == 0);
    CHECK(size >= length);
    /* The library refuses to be entered once more, and does not hang. */
    CHECK(b2h_client_new(asked->config, &client, &error) == B2H_REENTRANT);
    CHECK(client == NULL && error != NULL);
    b2h_error_free(error);
    CHECK(b2h_config_set(asked->config, "timeout_ms", "1", NULL) == B2H_REENTRANT);
    memcpy(buffer, asked->passphrase, length);
    return asked->answer_length != 0 ? asked->answer_length : (int32_t)length;
}

static b2h_config *config_for(char **argv)
{
    b2h_config *config = NULL;

    CHECK_STATUS(B2H_OK, b2h_config_new(&config, &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "handle_server_url", argv[1], &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "private_key", argv[2], &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "username", argv[3], &err));
    return config;
}

int main(int argc, char **argv)
{
    struct asked asked = {NULL, NULL, 0, 0, NULL, NULL};
    b2h_config *config;
    b2h_client *client;

    CHECK(argc == 5);
    asked.path = argv[2];
    asked.config = config = config_for(argv);

    /* Nobody is asked. */
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_client_new(config, &client, &err));
    CHECK(client == NULL);

    CHECK_STATUS(B2H_OK, b2h_config_ask_passphrase(config, answer, &asked, &err));
    asked.passphrase = argv[4];
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    CHECK(asked.times == 1);
    b2h_client_free(client);

    asked.passphrase = "another passphrase";
    CHECK_STATUS(B2H_PASSPHRASE_WRONG, b2h_client_new(config, &client, &err));
    CHECK(asked.times == 2);

    /* No answer, and answers of no sense. */
    asked.answer_length = -1;
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_client_new(config, &client, &err));
    asked.answer_length = 1 << 30;
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_client_new(config, &client, &err));
    CHECK(asked.times == 4);
    asked.answer_length = 0;

    /* Settings go before. */
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "passphrase", argv[4], &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    CHECK(asked.times == 4);
    b2h_client_free(client);
    b2h_config_free(config);

    config = config_for(argv);
    CHECK_STATUS(B2H_OK, b2h_config_ask_passphrase(config, answer, &asked, &err));
    CHECK_STATUS(B2H_OK, b2h_config_ask_passphrase(config, NULL, NULL, &err));
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_client_new(config, &client, &err));
    CHECK(asked.times == 4);
    b2h_config_free(config);
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_config_ask_passphrase(NULL, answer, NULL, &err));
    return 0;
}
