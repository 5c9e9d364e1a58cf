/* What the programs about the host have in common: work to do, and what must be as it was when it is done. */
#ifndef HOST_H
#define HOST_H

#include "check.h"

#include <dirent.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

extern char **environ;

struct host {
    char status[1024]; /* the lines of /proc/self/status about signals and the umask */
    char environment[32768];
    char locale[256];
    char descriptors[4096];
    char threads[4096];
};

static inline void host_append(char *text, size_t size, const char *more)
{
    CHECK(strlen(text) + strlen(more) + 2 <= size);
    strcat(strcat(text, more), "\n");
}

/* The entries of a folder of /proc/self; not the descriptor that reads it. */
static inline void host_list(const char *folder, char *text, size_t size)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    CHECK(dir != NULL);
    text[0] = '\0';
    while ((entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.' && (strstr(folder, "fd") == NULL || atoi(entry->d_name) != dirfd(dir)))
            host_append(text, size, entry->d_name);
    closedir(dir);
}

/* The signals 32 and 33 belong to the C library: it prepares them when the first thread is made. */
#define LIBC_OWN (3ULL << 31)

/* Which lines of /proc/self/status count. SigQ is of all processes of the user. */
static inline int is_watched(const char *name)
{
    static const char *const names[] = {"Umask:", "SigPnd:", "ShdPnd:", "SigBlk:", "SigIgn:", "SigCgt:"};
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return 1;
    return 0;
}

static inline void host_look(struct host *host)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256], name[16], **variable;
    unsigned long long set;

    CHECK(status != NULL);
    memset(host, 0, sizeof *host);
    while (fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "%15s %llx", name, &set) == 2 && is_watched(name)) {
            snprintf(line, sizeof line, "%s %llx", name, set & ~LIBC_OWN);
            host_append(host->status, sizeof host->status, line);
        }
    fclose(status);
    for (variable = environ; *variable != NULL; variable++)
        host_append(host->environment, sizeof host->environment, *variable);
    snprintf(host->locale, sizeof host->locale, "%s", setlocale(LC_ALL, NULL));
    host_list("/proc/self/fd", host->descriptors, sizeof host->descriptors);
    host_list("/proc/self/task", host->threads, sizeof host->threads);
}

#define HOST_SAME(member)                                                                                    \
    do {                                                                                                     \
        if (strcmp(before->member, after.member) != 0) {                                                     \
            fprintf(stderr, "%s:%d: " #member " before:\n%safter:\n%s\n", file, line, before->member,        \
                    after.member);                                                                           \
            exit(1);                                                                                         \
        }                                                                                                    \
    } while (0)

static inline void host_same_(const struct host *before, const char *file, int line)
{
    struct host after;
    int looks = 0;

    /* A thread that has ended may be seen for a moment. */
    do {
        host_look(&after);
    } while (strcmp(before->threads, after.threads) != 0 && looks++ < 1000 && usleep(1000) == 0);
    HOST_SAME(threads);
    HOST_SAME(descriptors);
    HOST_SAME(status);
    HOST_SAME(environment);
    HOST_SAME(locale);
}

/* Ends the program unless all is as it was. */
#define CHECK_HOST_SAME(before) host_same_(before, __FILE__, __LINE__)

/* Nothing can be changed over plain HTTP: such a client only reads. */
static inline int may_write(b2h_client *client)
{
    b2h_error *err = NULL;
    char *url = NULL;
    int is_https;

    CHECK_STATUS(B2H_OK, b2h_client_setting(client, "handle_server_url", &url, &err));
    is_https = strncmp(url, "https", 5) == 0;
    b2h_string_free(url);
    return is_https;
}

/* A few requests, which must succeed. Each caller has a name of its own. */
static inline void use(b2h_client *client, const char *who, int round)
{
    b2h_error *err = NULL;
    char handle[80], *value = NULL;
    int32_t is_there = 0;

    if (may_write(client)) {
        snprintf(handle, sizeof handle, "21.T12345/HOST-%s-%d-%d", who, (int)getpid(), round);
        CHECK_STATUS(B2H_OK, b2h_register_handle(client, handle, "http://x/", NULL, NULL, &err));
        CHECK_STATUS(B2H_OK, b2h_modify_value(client, handle, "URL", handle, NULL, &err));
        CHECK_STATUS(B2H_OK, b2h_get_value(client, handle, "URL", NULL, &value, &err));
        CHECK(strcmp(value, handle) == 0);
        CHECK_STATUS(B2H_OK, b2h_delete_handle(client, handle, NULL, &err));
    } else {
        CHECK_STATUS(B2H_OK, b2h_get_value(client, "21.T12345/EXAMPLE", "URL", NULL, &value, &err));
        CHECK_STATUS(B2H_OK, b2h_handle_exists(client, "21.T12345/NONE", NULL, &is_there, &err));
        CHECK(!is_there);
    }
    b2h_string_free(value);
}

#endif
