/*
 * Fetches the key of a server into a file; prints what came of it, a fact per line.
 *
 *     server_key FILE CREDENTIALS                         from the server
 *     server_key FILE CREDENTIALS PREFIX [RESOLVER]       from a resolver; PREFIX may be "-"
 */
#include "check.h"

int main(int argc, char **argv)
{
    b2h_config *config = NULL;
    b2h_client *resolver = NULL;
    char *key = NULL;
    b2h_status status;
    FILE *file;

    CHECK(argc >= 3);
    CHECK_STATUS(B2H_OK, b2h_config_new(&config, &err));
    CHECK_STATUS(B2H_OK, b2h_config_load(config, argv[2], &err));
    if (argc == 3) {
        status = b2h_server_key_from_site(config, NULL, &key, &err);
    } else {
        if (argc == 5)
            resolver = client_from(argv[4]);
        status = b2h_server_key_from_prefix(config, strcmp(argv[3], "-") != 0 ? argv[3] : NULL, resolver,
                                            NULL, &key, &err);
    }
    CHECK((status == B2H_OK) == (key != NULL));
    if (key != NULL) {
        file = fopen(argv[1], "w");
        CHECK(file != NULL && fputs(key, file) >= 0 && fclose(file) == 0);
    }
    printf("status=%d\nerror_status=%d\nmessage=%s\n", status, b2h_error_status(err), b2h_error_message(err));
    b2h_string_free(key);
    b2h_error_free(err);
    b2h_client_free(resolver);
    b2h_config_free(config);
    return 0;
}
