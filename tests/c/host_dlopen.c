/*
 * A host that loads the library as a plugin would, and unloads it, many times; not linked with it.
 *
 *     host_dlopen LIBRARY CREDENTIALS
 */
#include "host.h"

#include <dlfcn.h>
#include <sys/wait.h>

enum { TIMES = 100 };

static void visit(const char *path, const char *credentials)
{
    b2h_status (*make_client)(const char *, b2h_client **, b2h_error **);
    b2h_status (*get_value)(b2h_client *, const char *, const char *, const b2h_call_options *, char **,
                            b2h_error **);
    void (*free_string)(char *);
    void (*free_client)(b2h_client *);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    b2h_client *client = NULL;
    char *value = NULL;

    if (library == NULL)
        fprintf(stderr, "%s\n", dlerror());
    CHECK(library != NULL);
    *(void **)&make_client = dlsym(library, "b2h_client_from_json");
    *(void **)&get_value = dlsym(library, "b2h_get_value");
    *(void **)&free_string = dlsym(library, "b2h_string_free");
    *(void **)&free_client = dlsym(library, "b2h_client_free");
    CHECK(make_client(credentials, &client, NULL) == B2H_OK);
    CHECK(get_value(client, "21.T12345/EXAMPLE", "URL", NULL, &value, NULL) == B2H_OK);
    free_string(value);
    free_client(client);
    CHECK(dlclose(library) == 0);
}

static int mappings(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[4400];
    int count = 0;

    CHECK(maps != NULL);
    while (fgets(line, sizeof line, maps) != NULL)
        count += strstr(line, "libb2handle") != NULL;
    fclose(maps);
    return count;
}

int main(int argc, char **argv)
{
    struct host before;
    int i, status, mapped;
    pid_t child;

    CHECK(argc == 3);
    CHECK(mappings() == 0);
    host_look(&before);

    /* As in an agent: forked first, loaded then. */
    child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        host_look(&before);
        visit(argv[1], argv[2]);
        CHECK_HOST_SAME(&before);
        exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);

    visit(argv[1], argv[2]);
    mapped = mappings();
    CHECK(mapped > 0); /* it stays: destructors of threads may still be called */
    for (i = 1; i < TIMES; i++)
        visit(argv[1], argv[2]);
    CHECK(mappings() == mapped);
    CHECK_HOST_SAME(&before);
    return 0;
}
