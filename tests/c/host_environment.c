/*
 * Another thread changes the environment all the time. Whoever reads it then may read freed memory, so after
 * a client is made the library does not read it: getenv() is the one here, which counts.
 *
 *     host_environment CREDENTIALS works|fails
 *
 * Whether requests succeed. Those to a server whose certificate nobody vouches for do not.
 */
#include "host.h"

#include <pthread.h>
#include <stdatomic.h>

static atomic_int is_forbidden, is_over;

char *getenv(const char *name)
{
    size_t length = strlen(name);
    char **variable;

    if (atomic_load(&is_forbidden)) {
        fprintf(stderr, "%s was read\n", name);
        _exit(1);
    }
    for (variable = environ; *variable != NULL; variable++)
        if (strncmp(*variable, name, length) == 0 && (*variable)[length] == '=')
            return *variable + length + 1;
    return NULL;
}

static void *keep_changing(void *unused)
{
    char name[32];
    int i;

    (void)unused;
    for (i = 0; !atomic_load(&is_over); i++) {
        snprintf(name, sizeof name, "HOST_%d", i % 2000);
        CHECK(setenv(name, "any text that needs some room", 1) == 0);
        if (i % 3 == 0)
            CHECK(unsetenv(name) == 0);
    }
    return NULL;
}

static void call(b2h_client *client, int works, int round)
{
    char *value = NULL;

    if (works)
        use(client, "environment", round);
    else
        CHECK(b2h_get_value(client, "21.T12345/EXAMPLE", "URL", NULL, &value, NULL) == B2H_TLS_CERTIFICATE);
}

int main(int argc, char **argv)
{
    pthread_t thread;
    b2h_client *client;
    int i, works;

    CHECK(argc == 3);
    works = strcmp(argv[2], "works") == 0;
    client = client_from(argv[1]);
    atomic_store(&is_forbidden, 1);
    CHECK(pthread_create(&thread, NULL, keep_changing, NULL) == 0);
    for (i = 0; i < 20; i++)
        call(client, works, i);
    b2h_client_free(client);
    atomic_store(&is_over, 1);
    CHECK(pthread_join(thread, NULL) == 0);
    return 0;
}
