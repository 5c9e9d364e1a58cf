/*
 * Hosts that closed some of their standard descriptors: our connections are never there, also where many
 * threads begin at once, and what the host prints goes nowhere.
 *
 *     host_closed CREDENTIALS
 */
#include "host.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>

enum { THREADS = 8 };

static b2h_client *client;
static pthread_barrier_t barrier;

static void *work(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&barrier);
    use(client, "closed", (int)pthread_self());
    return NULL;
}

static void without(int closed, const char *credentials)
{
    pthread_t threads[THREADS];
    int i, kept[3];
    struct stat now, null;

    CHECK(stat("/dev/null", &null) == 0);
    client = client_from(credentials);
    CHECK(pthread_barrier_init(&barrier, NULL, THREADS) == 0);
    for (i = 0; i < 3; i++) {
        kept[i] = fcntl(i, F_DUPFD_CLOEXEC, 3);
        CHECK(kept[i] > 2);
    }
    for (i = 0; i < 3; i++)
        if (closed & 1 << i)
            close(i);
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, work, NULL) == 0);
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    for (i = 0; i < 3; i++)
        if (closed & 1 << i)
            CHECK(fstat(i, &now) == 0 && S_ISCHR(now.st_mode) && now.st_rdev == null.st_rdev);
    b2h_client_free(client);
    for (i = 0; i < 3; i++)
        CHECK(dup2(kept[i], i) == i && close(kept[i]) == 0);
    pthread_barrier_destroy(&barrier);
}

int main(int argc, char **argv)
{
    struct host before;
    int closed;

    CHECK(argc == 2);
    host_look(&before);
    for (closed = 0; closed < 8; closed++)
        without(closed, argv[1]);
    CHECK_HOST_SAME(&before);
    return 0;
}
