/*
 * Reads the URL of a Handle so many times, one after another. What one time costs is the difference between
 * two runs.
 *
 *     cost CREDENTIALS TIMES
 */
#include "check.h"

int main(int argc, char **argv)
{
    b2h_client *client = client_from(argv[1]);
    int times;

    CHECK(argc == 3);
    for (times = atoi(argv[2]); times > 0; times--) {
        char *url = NULL;

        CHECK_STATUS(B2H_OK, b2h_get_value(client, "21.T12345/COST", "URL", NULL, &url, &err));
        b2h_string_free(url);
    }
    b2h_client_free(client);
    return 0;
}
