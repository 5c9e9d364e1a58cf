/*
 * One of many writers: adds values of its own to a Handle, changes each, and edits a list of users.
 *
 *     writers CREDENTIALS HANDLE NUMBER THREADS
 */
#include "check.h"

#include <pthread.h>

static b2h_client *client;
static const char *handle;

static void *work(void *argument)
{
    int number = *(int *)argument;
    b2h_error *error = NULL;
    char type[32], value[32], member[64];
    int round;

    for (round = 0; round < 3; round++) {
        snprintf(type, sizeof type, "W-%d-%d", number, round);
        snprintf(value, sizeof value, "%d", round);
        if (b2h_modify_value(client, handle, type, "new", NULL, &error) != B2H_OK ||
            b2h_modify_value(client, handle, type, value, NULL, &error) != B2H_OK) {
            fprintf(stderr, "writer %d: %s\n", number, b2h_error_message(error));
            exit(1);
        }
    }
    /* A type that every writer writes: added once, changed by all others. */
    if (b2h_modify_value(client, handle, "SAME", value, NULL, &error) != B2H_OK) {
        fprintf(stderr, "writer %d: %s\n", number, b2h_error_message(error));
        exit(1);
    }
    snprintf(member, sizeof member, "300:21.T12345/MEMBER-%d", number);
    if (b2h_add_to_vlist(client, handle, 200, member, NULL, &error) != B2H_OK) {
        /* Another process may have undone it; a thread of this one never does. */
        CHECK(b2h_error_status(error) == B2H_CONFLICT);
        printf("conflict %d\n", number);
        b2h_error_free(error);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[64];
    int numbers[64], first, count, i;

    CHECK(argc == 5);
    client = client_from(argv[1]);
    handle = argv[2];
    first = atoi(argv[3]);
    count = atoi(argv[4]);
    CHECK(count <= 64);
    for (i = 0; i < count; i++) {
        numbers[i] = first + i;
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    }
    for (i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    b2h_client_free(client);
    return 0;
}
