/*
 * A process that outlives its configuration: agents FILE OPEN CLOSED. With OPEN as the configuration, alice
 * may read; with CLOSED, which has as many bytes, she may not.
 */
#include "../../irods/include/b2handle_irods.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *file;
static atomic_int stop, read_so_far, refused;

static int32_t get(void)
{
    b2h_irods_caller caller = B2H_IRODS_CALLER_INIT;
    char *out = NULL;
    caller.user_name = "alice";
    caller.user_zone = "tempZone";
    const int32_t code = b2h_irods_get(&caller, "21.T12345/EXAMPLE", "URL", &out);
    b2h_irods_free(out);
    return code;
}

/* Puts a file in the place of the configuration; `same` keeps file and time, so that the content alone tells.
 */
static void put(const char *content, int same)
{
    char text[4096], temporary[4096];
    const struct timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
    snprintf(temporary, sizeof temporary, "%s.new", file);
    const int from = open(content, O_RDONLY);
    const ssize_t size = read(from, text, sizeof text);
    const char *to = same ? file : temporary;
    const int into = open(to, O_WRONLY | O_CREAT, 0600);
    if (size <= 0 || write(into, text, (size_t)size) != size || futimens(into, times) != 0 ||
        (!same && rename(temporary, file) != 0))
        exit(2);
    close(from);
    close(into);
}

static void *reading(void *unused)
{
    while (!stop) {
        const int32_t code = get();
        if (code == B2H_IRODS_OK)
            read_so_far++;
        else if (code == B2H_IRODS_SYS_USER_NO_PERMISSION)
            refused++;
        else
            exit(3);
    }
    return unused;
}

static int in_child(int32_t wanted)
{
    int status = 0;
    const pid_t child = fork();
    if (child == 0)
        _exit(get() == wanted ? 0 : 1);
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

#define IS(wanted)                                                                                           \
    do {                                                                                                     \
        const int32_t code = get();                                                                          \
        if (code != (wanted)) {                                                                              \
            printf("%s:%d: %d\n", __FILE__, __LINE__, code);                                                 \
            return 1;                                                                                        \
        }                                                                                                    \
    } while (0)

int main(int argc, char **argv)
{
    pthread_t threads[4];
    if (argc != 4)
        return 2;
    file = argv[1];
    const char *open_one = argv[2], *closed_one = argv[3];
    IS(B2H_IRODS_SYS_CONFIG_FILE_ERR);
    put(open_one, 0);
    IS(B2H_IRODS_OK);
    put(closed_one, 1);
    IS(B2H_IRODS_SYS_USER_NO_PERMISSION);
    put(open_one, 1);
    IS(B2H_IRODS_OK);
    if (chmod(file, 0644) != 0)
        return 2;
    IS(B2H_IRODS_SYS_CONFIG_FILE_ERR);
    if (chmod(file, 0600) != 0)
        return 2;
    IS(B2H_IRODS_OK);

    /* A child while threads of the parent are in calls, and calls while the configuration changes. */
    for (int i = 0; i < 4; i++)
        if (pthread_create(&threads[i], NULL, reading, NULL) != 0)
            return 2;
    for (int i = 0; i < 20; i++) {
        put(closed_one, 0);
        if (i % 5 == 0 && !in_child(B2H_IRODS_SYS_USER_NO_PERMISSION))
            return 4;
        put(open_one, 0);
        if (i % 5 == 0 && !in_child(B2H_IRODS_OK))
            return 5;
        usleep(5000);
    }
    stop = 1;
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    unlink(file);
    IS(B2H_IRODS_SYS_CONFIG_FILE_ERR);
    return read_so_far > 0 ? 0 : 6;
}
