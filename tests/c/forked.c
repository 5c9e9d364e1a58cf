/*
 * A client across fork(): parent and child both use it, both free it, and neither disturbs the other.
 *
 *     forked CREDENTIALS
 */
#include "check.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static void use(b2h_client *client, const char *who, int round)
{
    char handle[64], *value = NULL;
    snprintf(handle, sizeof handle, "21.T12345/FORK-%s-%d-%d", who, (int)getpid(), round);
    CHECK_STATUS(B2H_OK, b2h_register_handle(client, handle, "http://x/", NULL, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_get_value(client, handle, "URL", NULL, &value, &err));
    b2h_string_free(value);
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, handle, NULL, &err));
}

static void child_succeeds(pid_t child)
{
    int status;
    CHECK(child > 0);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* What a child does: use (and fork again), free, or leave it to exit. */
static pid_t fork_child(b2h_client *client, int uses, int frees, int again)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    if (uses)
        use(client, "child", 0);
    if (again)
        child_succeeds(fork_child(client, uses, frees, 0));
    if (uses)
        use(client, "child", 1);
    if (frees)
        b2h_client_free(client);
    exit(0);
}

static volatile int stop;

static void *keep_calling(void *client)
{
    int round;
    for (round = 0; !stop; round++)
        use(client, "thread", round);
    return NULL;
}

int main(int argc, char **argv)
{
    int warm, uses, frees, again, i;
    b2h_client *client;
    pthread_t thread;

    CHECK(argc == 2);
    for (warm = 0; warm < 2; warm++)
        for (uses = 0; uses < 2; uses++)
            for (frees = 0; frees < 2; frees++)
                for (again = 0; again < 2; again++) {
                    pid_t child;
                    client = client_from(argv[1]);
                    if (warm)
                        use(client, "parent", 0);
                    child = fork_child(client, uses, frees, again);
                    use(client, "parent", 1);
                    child_succeeds(child);
                    use(client, "parent", 2);
                    b2h_client_free(client);
                }

    /* While another thread of the parent is in a call, and may hold any lock. */
    client = client_from(argv[1]);
    CHECK(pthread_create(&thread, NULL, keep_calling, client) == 0);
    for (i = 0; i < 50; i++)
        child_succeeds(fork_child(client, 1, 1, 0));
    stop = 1;
    pthread_join(thread, NULL);
    use(client, "parent", 3);
    b2h_client_free(client);
    return 0;
}
