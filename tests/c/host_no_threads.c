/*
 * An ordinary user's process that may start no thread: host names are then resolved on the caller's own.
 *
 *     host_no_threads CREDENTIALS
 */
#include "host.h"

#include <errno.h>
#include <grp.h>
#include <pthread.h>
#include <sys/resource.h>

/* Limits do not hold for root; nobody else should have this number. */
enum { SOMEBODY = 54321 };

static void *nothing(void *unused)
{
    return unused;
}

int main(int argc, char **argv)
{
    const struct rlimit none = {0, 0};
    struct host before;
    b2h_client *client;
    pthread_t thread;

    CHECK(argc == 2);
    host_look(&before);
    client = client_from(argv[1]);
    if (geteuid() == 0)
        CHECK(setgroups(0, NULL) == 0 && setgid(SOMEBODY) == 0 && setuid(SOMEBODY) == 0);
    CHECK(setrlimit(RLIMIT_NPROC, &none) == 0);
    CHECK(pthread_create(&thread, NULL, nothing, NULL) == EAGAIN);
    use(client, "alone", 0);
    use(client, "alone", 1);
    CHECK(pthread_create(&thread, NULL, nothing, NULL) == EAGAIN);
    b2h_client_free(client);
    CHECK_HOST_SAME(&before);
    return 0;
}
