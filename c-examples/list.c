/* Lists the Handles of the prefix in the credentials, page by page. It needs the permission list_handles. */
#include "example.h"

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *prefix = example_prefix(client);
    b2h_handles *page = NULL, *first = NULL;
    b2h_cursor *cursor = NULL;
    b2h_error *error = NULL;
    size_t count = 0, nth;

    ok(b2h_list_open(client, prefix, 2, &cursor, &error), &error);
    while (ok(b2h_cursor_next(client, cursor, NULL, &page, &error), &error) && page != NULL) {
        for (nth = 0; nth < b2h_handles_count(page); nth++)
            puts(b2h_handles_name(page, nth));
        count += b2h_handles_count(page);
        b2h_handles_free(page);
    }
    expect(count > 0, "there are Handles");
    b2h_cursor_free(cursor);

    /* Or at once, here at most three. */
    ok(b2h_list_handles(client, prefix, 3, NULL, &first, &error), &error);
    expect(b2h_handles_count(first) == (count < 3 ? count : 3), "the first three");
    b2h_handles_free(first);
    b2h_string_free(prefix);
    return example_end(client);
}
