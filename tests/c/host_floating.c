/*
 * Floating-point traps are on, as in programs of numbers: no reply of a server ends the host with SIGFPE, and
 * its flags and rounding stay as they were.
 *
 *     host_floating CREDENTIALS HANDLE...
 *
 * What the server says of the Handles may be nonsense.
 */
#include "host.h"

#include <fenv.h>

int main(int argc, char **argv)
{
    const int traps = FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW | FE_INEXACT;
    struct host before;
    b2h_client *client;
    int i;

    CHECK(argc > 2);
    host_look(&before);
    CHECK(fesetround(FE_UPWARD) == 0 && feclearexcept(FE_ALL_EXCEPT) == 0 && feenableexcept(traps) != -1);
    client = client_from(argv[1]);
    use(client, "traps", 0);
    for (i = 2; i < argc; i++) {
        b2h_record *record = NULL;

        b2h_get_record(client, argv[i], NULL, &record, NULL);
        b2h_record_free(record);
    }
    b2h_client_free(client);
    CHECK(fegetexcept() == traps && fetestexcept(FE_ALL_EXCEPT) == 0 && fegetround() == FE_UPWARD);
    CHECK(fesetenv(FE_DFL_ENV) == 0);
    CHECK_HOST_SAME(&before);
    return 0;
}
