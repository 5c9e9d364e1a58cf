/*
 * Reads the record of a Handle so many times, many at the same time, in one call that could be cancelled.
 * What one time costs is the difference between two runs.
 *
 *     cost_many CREDENTIALS TIMES
 */
#include "check.h"

int main(int argc, char **argv)
{
    b2h_client *client = client_from(argv[1]);
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_results *results = NULL;
    b2h_cancel *cancel = NULL;
    const char *handles[1000];
    size_t times, place;

    CHECK(argc == 3);
    times = strtoul(argv[2], NULL, 10);
    CHECK(times <= sizeof handles / sizeof *handles);
    for (place = 0; place < times; place++)
        handles[place] = "21.T12345/COST";
    CHECK_STATUS(B2H_OK, b2h_cancel_new(&cancel, &err));
    options.cancel = cancel;
    CHECK_STATUS(B2H_OK, b2h_get_records(client, handles, times, 32, &options, &results, &err));
    CHECK(b2h_results_failures(results) == 0);
    b2h_results_free(results);
    b2h_client_free(client);
    b2h_cancel_free(cancel);
    return 0;
}
