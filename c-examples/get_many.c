/* Reads many Handles at once: most of the time of a read is spent waiting, so that many reads take hardly
 * longer. */
#include "example.h"

#define COUNT 40

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *handles[COUNT + 1];
    const char *const *names = (const char *const *)handles;
    b2h_results *results = NULL;
    b2h_error *error = NULL;
    char url[64];
    size_t at;

    for (at = 0; at <= COUNT; at++)
        handles[at] = example_handle(client);
    /* The last one is not registered. */
    for (at = 0; at < COUNT; at++) {
        snprintf(url, sizeof url, "https://www.example.org/%zu", at);
        ok(b2h_register_handle(client, handles[at], url, NULL, NULL, &error), &error);
    }

    /* Eight at the same time; 0 would leave the number to the library. */
    if (ok(b2h_get_records(client, names, COUNT + 1, 8, NULL, &results, &error), &error)) {
        printf("%zu Handles, %zu not read\n", b2h_results_count(results), b2h_results_failures(results));
        for (at = 0; at <= COUNT; at++) {
            const b2h_record *record = b2h_results_record(results, at);

            if (record != NULL)
                printf("%s: %s\n", names[at], b2h_value_text(b2h_record_find(record, "URL", 0)));
            else
                printf("%s\n", b2h_error_message(b2h_results_error(results, at)));
        }
        expect(b2h_results_failures(results) == 1, "one Handle is not there");
        expect(b2h_results_status(results, COUNT) == B2H_HANDLE_NOT_FOUND, "the last one");
        b2h_results_free(results);
    }

    for (at = 0; at <= COUNT; at++) {
        if (at < COUNT)
            ok(b2h_delete_handle(client, handles[at], NULL, &error), &error);
        b2h_string_free(handles[at]);
    }
    return example_end(client);
}
