/*
 * Prints how many threads more than before there are once calls have ended.
 *
 *     threads CREDENTIALS
 */
#include "ours.h"

#include <dirent.h>
#include <unistd.h>

#define COUNT 64

static int threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    struct dirent *entry;
    int count = 0;

    REQUIRE(tasks != NULL);
    while ((entry = readdir(tasks)) != NULL)
        count += entry->d_name[0] != '.';
    closedir(tasks);
    return count;
}

int main(int argc, char **argv)
{
    int before = threads(), looks, more;
    const char *handles[COUNT];
    b2h_results *results = NULL;
    b2h_client *client = NULL;
    b2h_error *err = NULL;
    char *url = NULL;

    REQUIRE(argc == 2);
    for (looks = 0; looks < COUNT; looks++)
        handles[looks] = "21.T12345/EXAMPLE";
    succeed(b2h_client_from_json(argv[1], &client, &err), err);
    succeed(b2h_get_value(client, handles[0], "URL", NULL, &url, &err), err);
    succeed(b2h_get_records(client, handles, COUNT, COUNT / 2, NULL, &results, &err), err);
    REQUIRE(b2h_results_failures(results) == 0);
    /* A thread that has ended may be seen for a moment. */
    for (looks = 0; (more = threads() - before) > 0 && looks < 1000; looks++)
        usleep(1000);
    printf("%d\n", more);
    b2h_results_free(results);
    b2h_string_free(url);
    b2h_client_free(client);
    return 0;
}
