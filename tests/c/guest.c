/*
 * What the library leaves alone in its host: threads, signal dispositions and masks, descriptors, standard
 * output.
 *
 *     guest CREDENTIALS HANDLE
 */
#include "check.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static int entries(const char *folder)
{
    DIR *dir = opendir(folder);
    int count = 0;
    CHECK(dir != NULL);
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

/* The lines of /proc/self/status about signals: pending, blocked, ignored, caught. */
static void signals(char *text, size_t size)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    CHECK(status != NULL);
    text[0] = '\0';
    while (fgets(line, sizeof line, status) != NULL)
        /* But SigQ, which counts what all processes of the user have queued. */
        if ((strncmp(line, "Sig", 3) == 0 && line[3] != 'Q') || strncmp(line, "Shd", 3) == 0)
            strncat(text, line, size - strlen(text) - 1);
    fclose(status);
}

static void work(b2h_client *client, const char *handle)
{
    char *value = NULL;
    CHECK_STATUS(B2H_OK, b2h_register_handle(client, handle, "http://x/", NULL, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_modify_value(client, handle, "URL", "http://y/", NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_get_value(client, handle, "URL", NULL, &value, &err));
    CHECK(strcmp(value, "http://y/") == 0);
    b2h_string_free(value);
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, handle, NULL, &err));
}

int main(int argc, char **argv)
{
    char before[1024], after[1024];
    b2h_client *client;
    sigset_t blocked;
    struct stat now, null;
    int i, descriptors, threads, low[3];

    CHECK(argc == 3);
    CHECK(stat("/dev/null", &null) == 0);
    signals(before, sizeof before);
    descriptors = entries("/proc/self/fd");
    threads = entries("/proc/self/task");

    client = client_from(argv[1]);
    work(client, argv[2]);
    CHECK(entries("/proc/self/task") <= threads);
    signals(after, sizeof after);
    CHECK(strcmp(before, after) == 0);
    CHECK(entries("/proc/self/fd") > descriptors);
    b2h_client_free(client);
    CHECK(entries("/proc/self/fd") == descriptors);

    /* A SIGPIPE that the host has blocked and is waiting for stays its own. */
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    raise(SIGPIPE);
    client = client_from(argv[1]);
    work(client, argv[2]);
    b2h_client_free(client);
    CHECK(sigpending(&blocked) == 0 && sigismember(&blocked, SIGPIPE));
    CHECK(sigwait(&blocked, &i) == 0 && i == SIGPIPE);

    /* A host without standard descriptors finds none of ours there. */
    for (i = 0; i < 3; i++) {
        low[i] = dup(i);
        CHECK(low[i] > 2);
    }
    for (i = 0; i < 3; i++)
        close(i);
    client = client_from(argv[1]);
    work(client, argv[2]);
    for (i = 0; i < 3; i++)
        CHECK(fstat(i, &now) == 0 && now.st_rdev == null.st_rdev && S_ISCHR(now.st_mode));
    b2h_client_free(client);
    for (i = 0; i < 3; i++)
        CHECK(dup2(low[i], i) == i);
    return 0;
}
