/* b2h search and b2h list: which Handles there are. */
#include "json.h"
#include "progress.h"
#include "record.h"
#include "report.h"
#include "subcommands.h"
#include "text.h"
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Also below a limit: a prefix may leave little of a page. */
enum { PAGE = 1000 };

/* Returns the exit status. */
static int show(const struct options *options, const b2h_handles *page, size_t nth)
{
    const char *handle = b2h_handles_name(page, nth);
    const b2h_record *record = b2h_handles_record(page, nth);

    if (record != NULL) {
        record_show(options, handle, record);
    } else if (options->json) {
        json_open('{');
        json_member("handle", handle);
        json_end();
    } else if (strpbrk(handle, "\t\r\n") != NULL && !isatty(STDOUT_FILENO)) {
        /* Who reads the lines would take a part of it for another Handle. */
        return fail_with(options, handle, B2H_INVALID_HANDLE,
                         "The name %s has a tab or a line end, so it is left out: --json shows it.", handle);
    } else {
        put_plain(stdout, handle);
        putchar('\n');
    }
    return DONE;
}

/* Shows what the cursor gives, page by page, up to the limit; frees the cursor. Returns the exit status. */
static int show_all(struct session *session, b2h_cursor *cursor)
{
    const struct options *options = session->options;
    size_t left = options->limit > 0 ? options->limit : SIZE_MAX, nth;
    b2h_handles *page = NULL;
    b2h_error *error = NULL;
    int status = DONE, left_out = DONE;

    if (!options->quiet)
        progress_begin(0);
    while (status == DONE && left > 0) {
        if (b2h_cursor_next(session->client, cursor, &session->call, &page, &error) != B2H_OK)
            status = fail(options, NULL, error);
        if (page == NULL)
            break;
        for (nth = 0; nth < b2h_handles_count(page) && left > 0; nth++) {
            if (show(options, page, nth) == DONE)
                left--;
            else
                left_out = SOME_FAILED;
        }
        b2h_handles_free(page);
        page = NULL;
        status = flush_output();
        progress_step(nth, 0);
    }
    progress_end();
    b2h_cursor_free(cursor);
    return status != DONE ? status : left_out;
}

int run_search(struct session *session, int argc, char **argv)
{
    const struct options *options = session->options;
    struct assignments terms;
    b2h_cursor *cursor = NULL;
    b2h_error *error = NULL;
    b2h_status outcome;
    int status;

    if (argc == 0)
        return wrong_usage(options, "search takes TYPE=TEXT");
    status = assignments_read(options, argc, argv, &terms);
    if (status != DONE)
        return status;
    if (options->records)
        session->call.flags |= B2H_WITH_RECORDS;
    outcome = b2h_search_open(session->client, (const char *const *)terms.names, terms.values, terms.count,
                              options->prefix, PAGE, &session->call, &cursor, &error);
    assignments_free(&terms);
    return outcome == B2H_OK ? show_all(session, cursor) : fail(options, NULL, error);
}

int run_list(struct session *session, int argc, char **argv)
{
    b2h_cursor *cursor = NULL;
    b2h_error *error = NULL;
    b2h_status outcome;
    char *prefix;
    int status = DONE;

    if (argc > 1)
        return wrong_usage(session->options, "list takes one prefix, or none");
    prefix = session_prefix(session, argc > 0 ? argv[0] : NULL, &status);
    if (prefix == NULL)
        return status;
    outcome = b2h_list_open(session->client, prefix, PAGE, &cursor, &error);
    free(prefix);
    return outcome == B2H_OK ? show_all(session, cursor) : fail(session->options, NULL, error);
}
