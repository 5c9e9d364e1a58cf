/*
 * 64 threads on one client, whose calls are cancelled at any moment.
 *
 *     host_threads CREDENTIALS CALLS [SECONDS]
 *
 * Each thread makes so many calls, and goes on until some were cancelled; or goes on for so many seconds.
 * Prints how many calls succeeded and how many were cancelled.
 */
#include "host.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { THREADS = 64, ENOUGH = 100 };

static b2h_client *client;
static int calls, writes;
static time_t end;
static atomic_int succeeded, cancelled, running = THREADS;

/* The token of the call that each thread is in. */
static struct {
    pthread_mutex_t lock;
    b2h_cancel *token;
} current[THREADS];

static void set_token(int number, b2h_cancel *token)
{
    pthread_mutex_lock(&current[number].lock);
    current[number].token = token;
    pthread_mutex_unlock(&current[number].lock);
}

static b2h_status call(int number, int round, const b2h_call_options *options, b2h_error **error)
{
    char handle[64], *value = NULL;
    b2h_status status;

    snprintf(handle, sizeof handle, "21.T12345/MANY-%d-%d", number, round / 4);
    switch (writes ? round % 4 : 3) {
    case 0:
        return b2h_register_handle(client, handle, "http://x/", options, NULL, error);
    case 1:
        return b2h_modify_value(client, handle, "EMAIL", "a@b", options, error);
    case 2:
        return b2h_delete_handle(client, handle, options, error);
    default:
        status = b2h_get_value(client, "21.T12345/EXAMPLE", "URL", options, &value, error);
        CHECK((status == B2H_OK) == (value != NULL));
        b2h_string_free(value);
        return status;
    }
}

/* Under a tool that runs one thread at a time few calls are met by a cancel: then there are more. */
static int is_another_due(int round)
{
    return round < calls || (atomic_load(&cancelled) < ENOUGH && round < 50 * calls);
}

static void *work(void *argument)
{
    int round, number = *(int *)argument;

    for (round = 0; end != 0 ? time(NULL) < end : is_another_due(round); round++) {
        b2h_call_options options = B2H_CALL_OPTIONS_INIT;
        b2h_cancel *token = NULL;
        b2h_error *error = NULL;
        b2h_status status;

        CHECK(b2h_cancel_new(&token, NULL) == B2H_OK);
        options.cancel = token;
        set_token(number, token);
        status = call(number, round, &options, &error);
        set_token(number, NULL);
        b2h_cancel_free(token);
        /* What a cancelled call did or did not do, the next one finds. */
        if (status == B2H_OK)
            atomic_fetch_add(&succeeded, 1);
        else if (status == B2H_CANCELLED)
            atomic_fetch_add(&cancelled, 1);
        else if (status != B2H_HANDLE_EXISTS && status != B2H_HANDLE_NOT_FOUND)
            fprintf(stderr, "%s\n", b2h_error_message(error)), exit(1);
        b2h_error_free(error);
    }
    atomic_fetch_sub(&running, 1);
    return NULL;
}

static void *keep_cancelling(void *unused)
{
    unsigned int seed = 1;

    (void)unused;
    while (atomic_load(&running) > 0) {
        int number = rand_r(&seed) % THREADS;

        pthread_mutex_lock(&current[number].lock);
        b2h_cancel_trigger(current[number].token);
        pthread_mutex_unlock(&current[number].lock);
        usleep(rand_r(&seed) % 300);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS], canceller;
    struct host before;
    int numbers[THREADS], i;

    CHECK(argc == 3 || argc == 4);
    calls = atoi(argv[2]);
    end = argc == 4 ? time(NULL) + atoi(argv[3]) : 0;
    host_look(&before);
    client = client_from(argv[1]);
    writes = may_write(client);
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK(pthread_mutex_init(&current[i].lock, NULL) == 0);
    }
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    CHECK(pthread_create(&canceller, NULL, keep_cancelling, NULL) == 0);
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(pthread_join(canceller, NULL) == 0);
    use(client, "after", 0);
    b2h_client_free(client);
    CHECK_HOST_SAME(&before);
    printf("%d succeeded, %d cancelled\n", atomic_load(&succeeded), atomic_load(&cancelled));
    return 0;
}
