/*
 * A host with a locale other than C, which writes numbers with a comma.
 *
 *     host_locale CREDENTIALS LOCALE
 */
#include "host.h"

int main(int argc, char **argv)
{
    struct host before;
    b2h_client *client;
    char number[8];

    CHECK(argc == 3);
    CHECK(setlocale(LC_ALL, argv[2]) != NULL);
    host_look(&before);
    client = client_from(argv[1]);
    use(client, "locale", 0);
    b2h_client_free(client);
    CHECK_HOST_SAME(&before);
    snprintf(number, sizeof number, "%.1f", 0.5);
    CHECK(strcmp(number, "0,5") == 0);
    return 0;
}
