/*
 * Searches and listings from the command line; prints what was found, a line for each Handle.
 *
 *     search CREDENTIALS search PREFIX LIMIT [records] [TYPE TEXT ...]
 *     search CREDENTIALS pages PREFIX PAGE_SIZE [records] [TYPE TEXT ...]
 *     search CREDENTIALS list PREFIX LIMIT
 *     search CREDENTIALS list_pages PREFIX PAGE_SIZE
 *
 * PREFIX may be "" for none. Pages end with a line of dashes. After each page of list_pages a line is read,
 * so that somebody can change the Handles before the next.
 */
#include "check.h"

#define MOST_TERMS 8

static const char *types[MOST_TERMS], *texts[MOST_TERMS];

static void print_record(const b2h_record *record)
{
    size_t place;

    for (place = 0; place < b2h_record_count(record); place++) {
        const b2h_value *value = b2h_record_value(record, place);
        CHECK(b2h_value_index(value) == 0 && b2h_value_ttl(value) == 0);
        printf(" %s=%s", b2h_value_type(value), b2h_value_text(value));
    }
}

static void print(b2h_handles *handles)
{
    size_t count = b2h_handles_count(handles), nth;

    for (nth = 0; nth < count; nth++) {
        fputs(b2h_handles_name(handles, nth), stdout);
        print_record(b2h_handles_record(handles, nth));
        putchar('\n');
    }
    CHECK(b2h_handles_name(handles, count) == NULL && b2h_handles_record(handles, count) == NULL);
    b2h_handles_free(handles);
}

/* The next page; where somebody looks on, asked for a second time if need be. */
static b2h_status next(b2h_client *client, b2h_cursor *cursor, b2h_handles **page, int waits)
{
    b2h_status status = b2h_cursor_next(client, cursor, NULL, page, &err);

    if (status == B2H_OK || !waits)
        return status;
    CHECK(*page == NULL);
    puts("again");
    b2h_error_free(err);
    return b2h_cursor_next(client, cursor, NULL, page, &err);
}

static b2h_status print_pages(b2h_client *client, b2h_cursor *cursor, int waits)
{
    b2h_handles *page = NULL;
    b2h_status status;
    char line[8];

    while ((status = next(client, cursor, &page, waits)) == B2H_OK && page != NULL) {
        CHECK(b2h_handles_count(page) > 0);
        print(page);
        puts("-");
        fflush(stdout);
        if (waits)
            CHECK(fgets(line, sizeof line, stdin) != NULL);
    }
    CHECK(page == NULL);
    if (status == B2H_OK) {
        CHECK_STATUS(B2H_OK, b2h_cursor_next(client, cursor, NULL, &page, &err));
        CHECK(page == NULL);
    }
    return status;
}

int main(int argc, char **argv)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_handles *handles = NULL;
    b2h_cursor *cursor = NULL;
    b2h_client *client;
    const char *verb, *prefix;
    b2h_status status;
    size_t number, count = 0;
    int at = 5;

    CHECK(argc >= 5);
    client = client_from(argv[1]);
    verb = argv[2];
    prefix = argv[3][0] != '\0' ? argv[3] : NULL;
    number = (size_t)atoll(argv[4]);
    if (argc > at && strcmp(argv[at], "records") == 0) {
        options.flags = B2H_WITH_RECORDS;
        at++;
    }
    for (; at + 1 < argc && count < MOST_TERMS; at += 2, count++) {
        types[count] = argv[at];
        texts[count] = argv[at + 1];
    }
    if (strcmp(verb, "search") == 0) {
        status = b2h_search_handles(client, types, texts, count, prefix, number, &options, &handles, &err);
    } else if (strcmp(verb, "list") == 0) {
        status = b2h_list_handles(client, prefix, number, &options, &handles, &err);
    } else {
        int lists = strcmp(verb, "list_pages") == 0;
        if (lists)
            status = b2h_list_open(client, prefix, number, &cursor, &err);
        else
            status = b2h_search_open(client, types, texts, count, prefix, number, &options, &cursor, &err);
        if (status == B2H_OK)
            status = print_pages(client, cursor, lists);
    }
    CHECK((handles != NULL) == (status == B2H_OK && cursor == NULL));
    print(handles);
    if (status != B2H_OK)
        printf("status=%d http=%d operation=%s %s\n", status, b2h_error_http_status(err),
               b2h_error_operation(err), b2h_error_message(err));
    b2h_error_free(err);
    b2h_cursor_free(cursor);
    b2h_client_free(client);
    return 0;
}
