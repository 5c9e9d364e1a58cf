/* b2h get: reads records, or values of them. */
#include "input.h"
#include "record.h"
#include "report.h"
#include "selection.h"
#include "subcommands.h"

static int get_record(struct session *session, const char *handle)
{
    b2h_record *record = NULL;
    b2h_error *error = NULL;

    if (b2h_get_record(session->client, handle, &session->call, &record, &error) != B2H_OK)
        return fail(session->options, handle, error);
    record_show(session->options, handle, record);
    b2h_record_free(record);
    return DONE;
}

static int get_values(struct session *session, const char *handle, const struct selection *selection)
{
    const struct options *options = session->options;
    b2h_record *record = NULL;
    b2h_error *error = NULL;
    size_t at;
    int status = DONE;

    if (b2h_get_values(session->client, handle, selection->types, selection->type_count, selection->indexes,
                       selection->index_count, &session->call, &record, &error) != B2H_OK)
        return fail(options, handle, error);
    if (b2h_record_count(record) == 0)
        status = fail_with(options, handle, B2H_VALUE_NOT_FOUND, "%s has no such value that can be seen%s.",
                           handle, session->call.flags & B2H_AUTHENTICATED ? "" : " without --authenticated");
    else if (options->json)
        record_show(options, handle, record);
    else
        for (at = 0; at < b2h_record_count(record); at++)
            value_show(b2h_record_value(record, at));
    b2h_record_free(record);
    return status;
}

static int get(struct session *session, int argc, char **argv)
{
    struct selection selection;
    int status;

    if (argc == 1)
        return get_record(session, argv[0]);
    if (!selection_read(&selection, argc - 1, argv + 1))
        return fail_with(session->options, argv[0], B2H_NO_RESOURCES, "There is no memory left.");
    status = get_values(session, argv[0], &selection);
    selection_free(&selection);
    return status;
}

int run_get(struct session *session, int argc, char **argv)
{
    return for_each_handle(session, argc, argv, get);
}
