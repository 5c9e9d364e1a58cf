/*
 * Many threads on one client: each finds its own values.
 *
 *     threads CREDENTIALS
 */
#include "check.h"

#include <pthread.h>

enum { THREADS = 16, ROUNDS = 20 };

static b2h_client *client;

static void *work(void *argument)
{
    b2h_error *error = NULL;
    char handle[64], url[64], *value = NULL;
    int round, number = *(int *)argument;

    for (round = 0; round < ROUNDS; round++) {
        snprintf(handle, sizeof handle, "21.T12345/THREAD-%d-%d", number, round);
        snprintf(url, sizeof url, "http://x/%d/%d", number, round);
        CHECK(b2h_register_handle(client, handle, "http://x/", NULL, NULL, &error) == B2H_OK);
        CHECK(b2h_modify_value(client, handle, "URL", url, NULL, &error) == B2H_OK);
        CHECK(b2h_get_value(client, handle, "URL", NULL, &value, &error) == B2H_OK);
        CHECK(strcmp(value, url) == 0);
        b2h_string_free(value);
        CHECK(b2h_delete_handle(client, handle, NULL, &error) == B2H_OK);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    int numbers[THREADS], i;

    CHECK(argc == 2);
    client = client_from(argv[1]);
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    }
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    b2h_client_free(client);
    return 0;
}
