/*
 * Registers a Handle with a URL of many bytes, and prints what came of it.
 *
 *     large CREDENTIALS BYTES
 */
#include "check.h"

int main(int argc, char **argv)
{
    b2h_client *client = NULL;
    size_t bytes;
    char *url;

    CHECK(argc == 3);
    if (argv[1][0] == '{')
        CHECK_STATUS(B2H_OK, b2h_client_from_json_text(argv[1], &client, &err));
    else
        client = client_from(argv[1]);
    bytes = strtoul(argv[2], NULL, 10);
    url = malloc(bytes + 1);
    CHECK(url != NULL);
    memset(url, 'x', bytes);
    url[bytes] = '\0';
    puts(b2h_status_str(b2h_register_handle(client, "21.T12345/LARGE", url, NULL, NULL, &err)));
    puts(b2h_error_message(err));
    b2h_error_free(err);
    b2h_client_free(client);
    free(url);
    return 0;
}
