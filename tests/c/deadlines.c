/*
 * Calls that do not get what they want, and how long after their deadline they end.
 *
 *     deadlines CREDENTIALS OPERATION THREADS CALLS TIMEOUT_MS [cancel]
 *
 * Each thread makes so many calls (get, register, modify, delete, search, list or check) on one client. With
 * `cancel`, a call has an hour, and another thread ends it after TIMEOUT_MS. No call may end more than 2 s
 * late, nor may the client's end take more than 3 s. Prints the status of each call and whether its outcome
 * is in doubt, and the median of how much later than its deadline a call ended.
 *
 * The name server of this program does not answer for names that begin with "stuck".
 */
#include "check.h"

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

/* A tool takes time of its own, and many programs run beside each other. */
#if defined UNDER_VALGRIND || defined UNDER_TSAN || defined UNDER_ASAN
#define LATEST_MS 60000
#else
#define LATEST_MS 2000
#endif
#define MOST 1000

static b2h_client *client;
static const char *operation;
static int calls, timeout_ms, is_cancelling;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static double late[MOST];
static int count;

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

    if (host != NULL && strncmp(host, "stuck", 5) == 0)
        for (;;)
            pause();
    *(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
    return next(host, service, hints, found);
}

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e3 * (double)now.tv_sec + (double)now.tv_nsec / 1e6;
}

static b2h_status call(const b2h_call_options *options, b2h_error **error)
{
    static const char *const types[] = {"URL"}, *const texts[] = {"x"};
    const char *name = "21.T12345/EXAMPLE";
    b2h_status status = B2H_INVALID_ARGUMENT;
    b2h_handles *handles = NULL;
    b2h_check *found = NULL;
    char *value = NULL;

    if (strcmp(operation, "get") == 0)
        status = b2h_get_value(client, name, "URL", options, &value, error);
    else if (strcmp(operation, "register") == 0)
        status = b2h_register_handle(client, "21.T12345/LATE", "http://x/", options, NULL, error);
    else if (strcmp(operation, "modify") == 0)
        status = b2h_modify_value(client, name, "URL", "http://y/", options, error);
    else if (strcmp(operation, "delete") == 0)
        status = b2h_delete_handle(client, "21.T12345/LATE", options, error);
    else if (strcmp(operation, "search") == 0)
        status = b2h_search_handles(client, types, texts, 1, NULL, 0, options, &handles, error);
    else if (strcmp(operation, "list") == 0)
        status = b2h_list_handles(client, "21.T12345", 0, options, &handles, error);
    else if (strcmp(operation, "check") == 0)
        status = b2h_client_check(client, options, &found, error);
    b2h_string_free(value);
    b2h_handles_free(handles);
    b2h_check_free(found);
    return status;
}

static void *trigger_later(void *token)
{
    usleep((useconds_t)timeout_ms * 1000);
    b2h_cancel_trigger(token);
    return NULL;
}

static void *work(void *unused)
{
    int i;

    (void)unused;
    for (i = 0; i < calls; i++) {
        b2h_call_options options = B2H_CALL_OPTIONS_INIT;
        b2h_error *error = NULL;
        b2h_cancel *token = NULL;
        b2h_status status;
        pthread_t canceller;
        double over;

        options.timeout_ms = is_cancelling ? 3600 * 1000 : (uint32_t)timeout_ms;
        options.connect_timeout_ms = options.timeout_ms;
        if (is_cancelling) {
            CHECK(b2h_cancel_new(&token, NULL) == B2H_OK);
            CHECK(pthread_create(&canceller, NULL, trigger_later, token) == 0);
            options.cancel = token;
        }
        over = -now_ms() - timeout_ms;
        status = call(&options, &error);
        over += now_ms();
        if (over > LATEST_MS) {
            fprintf(stderr, "%s ended %.0f ms late: %s\n", operation, over, b2h_error_message(error));
            exit(1);
        }
        if (is_cancelling)
            pthread_join(canceller, NULL);
        b2h_cancel_free(token);
        pthread_mutex_lock(&lock);
        printf("status=%d in_doubt=%d\n", status, b2h_error_in_doubt(error));
        if (over >= 0 && count < MOST)
            late[count++] = over;
        pthread_mutex_unlock(&lock);
        b2h_error_free(error);
    }
    return NULL;
}

static int compare(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

int main(int argc, char **argv)
{
    pthread_t threads[64];
    int i, thread_count;
    double begun;

    CHECK(argc == 6 || argc == 7);
    client = client_from(argv[1]);
    operation = argv[2];
    thread_count = atoi(argv[3]);
    CHECK(thread_count > 0 && thread_count <= 64);
    calls = atoi(argv[4]);
    timeout_ms = atoi(argv[5]);
    is_cancelling = argc == 7;
    for (i = 0; i < thread_count; i++)
        CHECK(pthread_create(&threads[i], NULL, work, NULL) == 0);
    for (i = 0; i < thread_count; i++)
        pthread_join(threads[i], NULL);
    begun = now_ms();
    b2h_client_free(client);
    CHECK(now_ms() - begun < 1000 + LATEST_MS);
    qsort(late, (size_t)count, sizeof late[0], compare);
    if (count > 0)
        printf("late=%d median=%.1f most=%.1f\n", count, late[count / 2], late[count - 1]);
    return 0;
}
