/*
 * At exit: calls return a status, free works.
 *
 *     at_exit CREDENTIALS
 */
#include "check.h"

#include <unistd.h>

static b2h_client *client;

static void last_words(void)
{
    char *value = (char *)&client;
    b2h_status status = b2h_get_value(client, "21.T12345/EXAMPLE", "URL", NULL, &value, &err);
    if (status != B2H_SHUTTING_DOWN || value != NULL || b2h_error_status(err) != B2H_SHUTTING_DOWN) {
        fprintf(stderr, "at exit: %s\n", b2h_status_str(status));
        _exit(1);
    }
    b2h_error_free(err);
    b2h_client_free(client);
    puts("freed at exit");
}

int main(int argc, char **argv)
{
    char *value = NULL;
    CHECK(argc == 2);
    CHECK(atexit(last_words) == 0);
    client = client_from(argv[1]);
    CHECK_STATUS(B2H_OK, b2h_get_value(client, "21.T12345/EXAMPLE", "URL", NULL, &value, &err));
    b2h_string_free(value);
    return 0;
}
