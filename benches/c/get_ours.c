/*
 * Reads one value, or one record, after the other, for its URL.
 *
 *     get_ours CREDENTIALS value|record UNMEASURED COUNT
 */
#include "ours.h"

#include <string.h>

static b2h_client *client;

static void get_value(const char *handle)
{
    b2h_error *err = NULL;
    char *url = NULL;

    succeed(b2h_get_value(client, handle, "URL", NULL, &url, &err), err);
    REQUIRE(url[0] == 'h');
    b2h_string_free(url);
}

static void get_record(const char *handle)
{
    b2h_record *record = NULL;
    b2h_error *err = NULL;
    char *url;

    succeed(b2h_get_record(client, handle, NULL, &record, &err), err);
    url = strdup(b2h_value_text(b2h_record_find(record, "URL", 0)));
    REQUIRE(url != NULL && url[0] == 'h');
    free(url);
    b2h_record_free(record);
}

static void get(int is_record, size_t count)
{
    char handle[64];
    size_t nth;

    for (nth = 0; nth < count; nth++) {
        snprintf(handle, sizeof handle, HANDLE_FORMAT, nth);
        if (is_record)
            get_record(handle);
        else
            get_value(handle);
    }
}

int main(int argc, char **argv)
{
    b2h_error *err = NULL;
    int is_record;

    REQUIRE(argc == 5);
    is_record = strcmp(argv[2], "record") == 0;
    succeed(b2h_client_from_json(argv[1], &client, &err), err);
    get(is_record, strtoul(argv[3], NULL, 10));
    measure_from_here(RUSAGE_SELF);
    get(is_record, strtoul(argv[4], NULL, 10));
    measured_until_here(RUSAGE_SELF);
    b2h_client_free(client);
    return 0;
}
