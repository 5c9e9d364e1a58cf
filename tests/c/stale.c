/* 100 registrations with a pause before each in which the server closes the idle connection. */
#include "check.h"

#include <time.h>

int main(int argc, char **argv)
{
    const struct timespec pause = {0, 90 * 1000 * 1000};
    b2h_client *client;
    char handle[64];
    int i;

    CHECK(argc == 2);
    client = client_from(argv[1]);
    for (i = 0; i < 100; i++) {
        snprintf(handle, sizeof handle, "21.T12345/STALE-%d", i);
        CHECK_STATUS(B2H_OK, b2h_register_handle(client, handle, "http://x/", NULL, NULL, &err));
        nanosleep(&pause, NULL);
    }
    b2h_client_free(client);
    return 0;
}
