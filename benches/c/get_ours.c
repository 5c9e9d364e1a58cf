/*
 * Reads one value after the other.
 *
 *     get_ours CREDENTIALS UNMEASURED COUNT
 */
#include "ours.h"

static void get(b2h_client *client, size_t nth)
{
    b2h_error *err = NULL;
    char handle[64], *url = NULL;

    snprintf(handle, sizeof handle, HANDLE_FORMAT, nth);
    succeed(b2h_get_value(client, handle, "URL", NULL, &url, &err), err);
    REQUIRE(url[0] == 'h');
    b2h_string_free(url);
}

int main(int argc, char **argv)
{
    b2h_client *client = NULL;
    b2h_error *err = NULL;
    size_t nth, unmeasured, count;

    REQUIRE(argc == 4);
    unmeasured = strtoul(argv[2], NULL, 10);
    count = strtoul(argv[3], NULL, 10);
    succeed(b2h_client_from_json(argv[1], &client, &err), err);
    for (nth = 0; nth < unmeasured; nth++)
        get(client, nth);
    measure_from_here(RUSAGE_SELF);
    for (nth = 0; nth < count; nth++)
        get(client, nth);
    measured_until_here(RUSAGE_SELF);
    b2h_client_free(client);
    return 0;
}
