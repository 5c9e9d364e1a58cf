/*
 * A configuration from a file, from single settings, and from both.
 *
 *     config CREDENTIALS
 */
#include "check.h"

static void setting_is(const b2h_client *client, const char *key, const char *expected)
{
    char *value = NULL;
    CHECK_STATUS(B2H_OK, b2h_client_setting(client, key, &value, &err));
    CHECK(strcmp(value, expected) == 0);
    b2h_string_free(value);
}

int main(int argc, char **argv)
{
    b2h_config *config = NULL;
    b2h_client *client = NULL;
    char *value = NULL;

    CHECK(argc == 2);
    CHECK_STATUS(B2H_OK, b2h_config_new(&config, &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    setting_is(client, "handle_server_url", "https://hdl.handle.net");
    b2h_client_free(client);

    /* The file's paths are relative to the file, and what is set later counts. */
    CHECK_STATUS(B2H_CONFIG_UNREADABLE, b2h_config_load(config, "/no/such/file.json", &err));
    CHECK_STATUS(B2H_OK, b2h_config_load(config, argv[1], &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "prefix", "21.T1", &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "timeout_ms", "5000", &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "modify_HS_ADMIN", "True", &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "allowed_search_keys", "[\"URL\", \"CHECKSUM\"]", &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "my_own_key", "\xc3\xbc", &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    setting_is(client, "prefix", "21.T1");
    setting_is(client, "my_own_key", "\xc3\xbc");
    setting_is(client, "allowed_search_keys", "[\"URL\",\"CHECKSUM\"]");
    CHECK_STATUS(B2H_NOT_ALLOWED, b2h_client_setting(client, "password", &value, &err));
    CHECK_STATUS(B2H_VALUE_NOT_FOUND, b2h_client_setting(client, "nothing", &value, &err));
    CHECK_STATUS(B2H_OK, b2h_register_handle(client, "21.T12345/CONFIG", "http://x/", NULL, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, "21.T12345/CONFIG", NULL, &err));

    b2h_client_free(client);

    CHECK_STATUS(B2H_OK, b2h_config_set(config, "timeout", "5000", &err));
    CHECK(b2h_client_new(config, &client, &err) == B2H_CONFIG_INVALID && client == NULL);
    CHECK(strstr(b2h_error_message(err), "Did you mean \"timeout_ms\"?") != NULL);
    b2h_error_free(err);
    b2h_config_free(config);
    return 0;
}
