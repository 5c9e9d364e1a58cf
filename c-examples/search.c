/*
 * Finds Handles by their values (reverse lookup): all at once, page by page, and with their records.
 *
 * The credentials name the user of the reverse lookup: reverselookup_username and reverselookup_password.
 */
#include "example.h"

#define URL "https://www.example.org/search-example/one"

/* Goes through any number of Handles without holding them all. */
static size_t count_pages(b2h_client *client, const char *prefix)
{
    const char *const types[] = {"URL"}, *const texts[] = {"https://www.example.org/search-example/*"};
    b2h_cursor *cursor = NULL;
    b2h_handles *page = NULL;
    b2h_error *error = NULL;
    size_t count = 0;

    ok(b2h_search_open(client, types, texts, 1, prefix, 100, NULL, &cursor, &error), &error);
    while (ok(b2h_cursor_next(client, cursor, NULL, &page, &error), &error) && page != NULL) {
        count += b2h_handles_count(page);
        b2h_handles_free(page);
    }
    b2h_cursor_free(cursor);
    return count;
}

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *prefix = example_prefix(client), *handle = example_handle(client);
    const char *const types[] = {"URL", "CHECKSUM"}, *const texts[] = {URL, "sha2:*"};
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_handles *found = NULL;
    b2h_values *values = NULL;
    b2h_error *error = NULL;

    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_text(values, 0, "URL", URL, &error), &error);
    ok(b2h_values_add_text(values, 0, "CHECKSUM", "sha2:0123", &error), &error);
    ok(b2h_register_values(client, handle, values, NULL, NULL, &error), &error);

    /* Handles with this URL and such a checksum. Names come as the server has stored them. */
    ok(b2h_search_handles(client, types, texts, 2, prefix, 0, NULL, &found, &error), &error);
    expect(b2h_handles_count(found) == 1, "one Handle was found");
    if (b2h_handles_count(found) > 0)
        puts(b2h_handles_name(found, 0));
    b2h_handles_free(found);

    /* With one type to search for, the values can come along. */
    options.flags = B2H_WITH_RECORDS;
    ok(b2h_search_handles(client, types, texts, 1, prefix, 10, &options, &found, &error), &error);
    expect(b2h_record_find(b2h_handles_record(found, 0), "CHECKSUM", 0) != NULL, "its record came along");
    b2h_handles_free(found);

    expect(count_pages(client, prefix) == 1, "a page with one Handle");

    ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    b2h_values_free(values);
    b2h_string_free(handle);
    b2h_string_free(prefix);
    return example_end(client);
}
