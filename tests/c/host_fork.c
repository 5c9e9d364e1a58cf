/*
 * A client across fork(): parent and child both use it, both free it, and neither disturbs the other.
 *
 *     host_fork CREDENTIALS [name]
 *
 * With `name`, the server has a name that must be looked up: then nothing forks while another thread is in a
 * call, since getaddrinfo() of glibc waits in the child for a lock that no thread will give back.
 */
#include "host.h"

#include <pthread.h>
#include <sys/wait.h>

static b2h_client *client;

enum { NOT, NOW, AT_EXIT, WAYS_TO_FREE };

struct child {
    int uses, frees, forks;
};

static void child_succeeds(pid_t child)
{
    int status;

    CHECK(child > 0);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void free_client(void)
{
    b2h_client_free(client);
}

/* Starts a child, which begins when its parent has closed the pipe, or at once where there is none. */
static pid_t start(struct child plan, const int *go)
{
    pid_t child = fork();
    char byte;

    if (child != 0)
        return child;
    if (go != NULL)
        CHECK(close(go[1]) == 0 && read(go[0], &byte, 1) == 0);
    if (plan.uses)
        use(client, "child", 0);
    if (plan.forks) {
        plan.forks = 0;
        child_succeeds(start(plan, NULL));
    }
    if (plan.uses)
        use(client, "child", 1);
    if (plan.frees == AT_EXIT)
        CHECK(atexit(free_client) == 0);
    if (plan.frees == NOW)
        free_client();
    exit(0);
}

/* The parent goes on before or after its child has begun, and frees the client first or last. */
static void family(const char *credentials, int is_warm, struct child plan, int parent_is_first)
{
    struct host before;
    pid_t child;
    int go[2];

    host_look(&before);
    client = client_from(credentials);
    if (is_warm)
        use(client, "parent", 0);
    CHECK(pipe(go) == 0);
    child = start(plan, go);
    if (parent_is_first) {
        use(client, "parent", 1);
        free_client();
        close(go[1]);
    } else {
        close(go[1]);
        use(client, "parent", 1);
    }
    child_succeeds(child);
    if (!parent_is_first) {
        use(client, "parent", 2);
        free_client();
    }
    close(go[0]);
    CHECK_HOST_SAME(&before);
}

static volatile int stop;

static void *keep_calling(void *unused)
{
    int round;

    (void)unused;
    for (round = 0; !stop; round++)
        use(client, "thread", round);
    return NULL;
}

/* While another thread of the parent is in a call, and may hold any lock. */
static void in_a_call(const char *credentials)
{
    const struct child busy = {1, NOW, 0};
    struct host before;
    pthread_t thread;
    int i;

    host_look(&before);
    client = client_from(credentials);
    CHECK(pthread_create(&thread, NULL, keep_calling, NULL) == 0);
    for (i = 0; i < 50; i++)
        child_succeeds(start(busy, NULL));
    stop = 1;
    pthread_join(thread, NULL);
    use(client, "parent", 3);
    free_client();
    CHECK_HOST_SAME(&before);
}

static void *first_call(void *credentials)
{
    b2h_client *own = client_from(credentials);

    use(own, "first", 0);
    b2h_client_free(own);
    return NULL;
}

/* While another thread is in the very first call of the process: the child must not wait for what it began.
 */
static void in_the_first_call(char *credentials)
{
    pthread_t thread;
    pid_t child, grandchild;
    volatile int spin;
    int i;

    for (i = 0; i < 200; i++) {
        child = fork();
        if (child == 0) {
            CHECK(pthread_create(&thread, NULL, first_call, credentials) == 0);
            for (spin = 0; spin < i * 500; spin++)
                ;
            grandchild = fork();
            if (grandchild == 0) {
                alarm(60); /* the end of one that hangs */
                first_call(credentials);
                exit(0);
            }
            child_succeeds(grandchild);
            pthread_join(thread, NULL);
            exit(0);
        }
        child_succeeds(child);
    }
}

int main(int argc, char **argv)
{
    int is_warm, parent_is_first;
    struct child plan;

    CHECK(argc == 2 || argc == 3);
    if (argc == 2)
        in_the_first_call(argv[1]);
    for (is_warm = 0; is_warm < 2; is_warm++)
        for (parent_is_first = 0; parent_is_first < 2; parent_is_first++)
            for (plan.uses = 0; plan.uses < 2; plan.uses++)
                for (plan.frees = NOT; plan.frees < WAYS_TO_FREE; plan.frees++)
                    for (plan.forks = 0; plan.forks < 2; plan.forks++)
                        family(argv[1], is_warm, plan, parent_is_first);
    if (argc == 2)
        in_a_call(argv[1]);
    return 0;
}
