/*
 * Reads many Handles at once and prints what became of each, a line per Handle: status and URL, or status and
 * message.
 *
 *     read_many CREDENTIALS CONCURRENCY [timeout=MS] [cancel=MS] [twice] [authenticated] [HANDLE...]
 *
 * Of the Handles, "NULL" is a null pointer and "BYTES" no UTF-8.
 */
#include "check.h"

#include <pthread.h>
#include <time.h>

#define MOST 2000

struct later {
    b2h_cancel *cancel;
    long ms;
};

static void *cancel_later(void *argument)
{
    struct later *later = argument;
    struct timespec time = {later->ms / 1000, later->ms % 1000 * 1000000};

    nanosleep(&time, NULL);
    b2h_cancel_trigger(later->cancel);
    return NULL;
}

static void print(const b2h_results *results, size_t count)
{
    size_t place, failures = 0;

    CHECK(b2h_results_count(results) == count);
    for (place = 0; place < count; place++) {
        const b2h_record *record = b2h_results_record(results, place);
        const b2h_error *error = b2h_results_error(results, place);
        b2h_status status = b2h_results_status(results, place);

        CHECK((status == B2H_OK) == (record != NULL) && (status == B2H_OK) == (error == NULL));
        CHECK(b2h_error_status(error) == status);
        if (record != NULL)
            printf("0 %s\n", b2h_value_text(b2h_record_find(record, "URL", 0)));
        else
            printf("%d %s\n", status, b2h_error_message(error));
        failures += status != B2H_OK;
    }
    CHECK(b2h_results_failures(results) == failures);
    CHECK(b2h_results_status(results, count) == B2H_INVALID_ARGUMENT);
    CHECK(b2h_results_record(results, count) == NULL && b2h_results_error(results, count) == NULL);
}

int main(int argc, char **argv)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_client *client = client_from(argv[1]);
    uint32_t concurrency = (uint32_t)atoi(argv[2]);
    const char *handles[MOST];
    struct later later = {NULL, 0};
    b2h_results *results = NULL;
    pthread_t thread;
    size_t count = 0;
    int at, rounds = 1;

    for (at = 3; at < argc; at++) {
        if (strncmp(argv[at], "timeout=", 8) == 0)
            options.timeout_ms = (uint32_t)atoi(argv[at] + 8);
        else if (strncmp(argv[at], "cancel=", 7) == 0)
            later.ms = atol(argv[at] + 7);
        else if (strcmp(argv[at], "twice") == 0)
            rounds = 2;
        else if (strcmp(argv[at], "authenticated") == 0)
            options.flags |= B2H_AUTHENTICATED;
        else if (count < MOST)
            handles[count++] = strcmp(argv[at], "NULL") == 0    ? NULL
                               : strcmp(argv[at], "BYTES") == 0 ? "21.T12345/\xff"
                                                                : argv[at];
    }
    if (later.ms > 0) {
        CHECK_STATUS(B2H_OK, b2h_cancel_new(&later.cancel, &err));
        CHECK(pthread_create(&thread, NULL, cancel_later, &later) == 0);
        options.cancel = later.cancel;
    }
    while (rounds-- > 0) {
        b2h_status status = b2h_get_records(client, handles, count, concurrency, &options, &results, &err);

        if (status != B2H_OK) {
            CHECK(results == NULL);
            printf("%d %s\n", status, b2h_error_message(err));
            b2h_error_free(err);
            err = NULL;
            continue;
        }
        if (rounds > 0)
            b2h_results_free(results);
    }
    if (later.ms > 0)
        pthread_join(thread, NULL);
    b2h_cancel_free(later.cancel);
    b2h_client_free(client);
    if (results != NULL)
        print(results, count);
    b2h_results_free(results);
    return 0;
}
