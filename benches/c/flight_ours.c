/*
 * Reads many records with one call.
 *
 *     flight_ours CREDENTIALS CONCURRENCY UNMEASURED COUNT
 */
#include "ours.h"

#include <string.h>

static void get(b2h_client *client, const char *const *handles, size_t count, uint32_t concurrency)
{
    b2h_results *results = NULL;
    b2h_error *err = NULL;
    size_t nth;

    succeed(b2h_get_records(client, handles, count, concurrency, NULL, &results, &err), err);
    REQUIRE(b2h_results_count(results) == count && b2h_results_failures(results) == 0);
    for (nth = 0; nth < count; nth++) {
        const b2h_value *value = b2h_record_find(b2h_results_record(results, nth), "URL", 0);
        char *url = strdup(b2h_value_text(value));
        REQUIRE(url != NULL && url[0] == 'h');
        free(url);
    }
    b2h_results_free(results);
}

int main(int argc, char **argv)
{
    b2h_client *client = NULL;
    b2h_error *err = NULL;
    size_t nth, unmeasured, count;
    char(*names)[64];
    const char **handles;
    uint32_t concurrency;

    REQUIRE(argc == 5);
    concurrency = (uint32_t)strtoul(argv[2], NULL, 10);
    unmeasured = strtoul(argv[3], NULL, 10);
    count = strtoul(argv[4], NULL, 10);
    REQUIRE(unmeasured <= count);
    names = malloc(count * sizeof *names);
    handles = malloc(count * sizeof *handles);
    REQUIRE(names != NULL && handles != NULL);
    for (nth = 0; nth < count; nth++) {
        snprintf(names[nth], sizeof names[nth], HANDLE_FORMAT, nth);
        handles[nth] = names[nth];
    }
    succeed(b2h_client_from_json(argv[1], &client, &err), err);
    get(client, handles, unmeasured, concurrency);
    measure_from_here(RUSAGE_SELF);
    get(client, handles, count, concurrency);
    measured_until_here(RUSAGE_SELF);
    b2h_client_free(client);
    free(handles);
    free(names);
    return 0;
}
