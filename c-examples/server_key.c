/*
 * Fetches the key of the server, for a file that HTTPS_verify names from then on:
 *
 *     server_key CREDENTIALS.json > server-key.pem
 *     server_key CREDENTIALS.json PREFIX > server-key.pem
 *
 * The first asks the server itself: compare the line sha256:... with what its administrator says. The second
 * reads the record of the prefix at https://hdl.handle.net, whose certificate is verified.
 */
#include "example.h"

int main(int argc, char **argv)
{
    b2h_config *config = NULL;
    b2h_error *error = NULL;
    char *key = NULL;

    if (argc != 2 && argc != 3) {
        fprintf(stderr, "usage: %s CREDENTIALS.json [PREFIX]\n", argv[0]);
        return 2;
    }
    if (ok(b2h_config_new(&config, &error), &error) && ok(b2h_config_load(config, argv[1], &error), &error)) {
        if (argc == 2)
            ok(b2h_server_key_from_site(config, NULL, &key, &error), &error);
        else
            ok(b2h_server_key_from_prefix(config, argv[2], NULL, NULL, &key, &error), &error);
    }
    if (key != NULL)
        fputs(key, stdout);
    b2h_string_free(key);
    b2h_config_free(config);
    return problems == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
