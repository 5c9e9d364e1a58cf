/*
 * Prints how many threads more than before there are once calls have ended.
 *
 *     threads CREDENTIALS
 */
#include "ours.h"

#include <dirent.h>

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
    b2h_client *client = NULL;
    b2h_error *err = NULL;
    int before = threads();
    char *url = NULL;

    REQUIRE(argc == 2);
    succeed(b2h_client_from_json(argv[1], &client, &err), err);
    succeed(b2h_get_value(client, "21.T12345/EXAMPLE", "URL", NULL, &url, &err), err);
    printf("%d\n", threads() - before);
    b2h_string_free(url);
    b2h_client_free(client);
    return 0;
}
