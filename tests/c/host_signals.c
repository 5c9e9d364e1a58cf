/*
 * Signals arrive all the time, with and without SA_RESTART: calls succeed all the same, and leave the
 * handlers alone.
 *
 *     host_signals CREDENTIALS CALLS
 */
#include "host.h"

#include <sys/time.h>

static volatile sig_atomic_t arrived;

static void on_alarm(int signal)
{
    (void)signal;
    arrived = 1;
}

int main(int argc, char **argv)
{
    const struct itimerval often = {{0, 700}, {0, 700}}, never = {{0, 0}, {0, 0}};
    struct sigaction action, now;
    struct host before;
    int i, flags;

    CHECK(argc == 3);
    for (flags = 0; flags <= SA_RESTART; flags += SA_RESTART) {
        memset(&action, 0, sizeof action);
        action.sa_handler = on_alarm;
        action.sa_flags = flags;
        CHECK(sigaction(SIGALRM, &action, NULL) == 0);
        host_look(&before);
        for (i = 0; i < atoi(argv[2]); i++) {
            b2h_client *client;

            arrived = 0;
            CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
            client = client_from(argv[1]);
            use(client, "signals", i);
            use(client, "signals", i);
            b2h_client_free(client);
            CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
            CHECK(arrived);
        }
        CHECK_HOST_SAME(&before);
        CHECK(sigaction(SIGALRM, NULL, &now) == 0);
        CHECK(now.sa_handler == on_alarm && (now.sa_flags & SA_RESTART) == flags);
    }
    return 0;
}
