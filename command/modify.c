/* b2h modify and b2h unset: values of a record. */
#include "input.h"
#include "report.h"
#include "selection.h"
#include "subcommands.h"
#include "values.h"

static int modify(struct session *session, int argc, char **argv)
{
    const struct options *options = session->options;
    int status;
    b2h_values *values = values_for(options, argv[0], NULL, argc - 1, argv + 1, &status);
    b2h_error *error = NULL;

    if (values == NULL)
        return status;
    if (b2h_values_count(values) == 0)
        status = wrong_usage(options, "nothing is to be changed in %s: TYPE=VALUE is missing", argv[0]);
    else if (b2h_modify_values(session->client, argv[0], values, options->change, &session->call, &error) ==
             B2H_OK)
        succeed(options, argv[0], "modified");
    else
        status = fail(options, argv[0], error);
    b2h_values_free(values);
    return status;
}

int run_modify(struct session *session, int argc, char **argv)
{
    int status = values_load(session->options, reads_handles(argc, argv));

    if (status == DONE)
        status = for_each_handle(session, argc, argv, modify);
    values_unload();
    return status;
}

static int unset(struct session *session, int argc, char **argv)
{
    const struct options *options = session->options;
    struct selection selection;
    b2h_error *error = NULL;
    b2h_status outcome = B2H_OK;
    size_t count = 0;
    int status = DONE;

    if (argc < 2)
        return wrong_usage(options, "which values of %s are to be deleted", argv[0]);
    if (!selection_read(&selection, argc - 1, argv + 1))
        return fail_with(options, argv[0], B2H_NO_RESOURCES, "There is no memory left.");
    if (selection.type_count > 0 && selection.index_count > 0)
        status = wrong_usage(options, "types and indexes cannot be mixed");
    else if (selection.type_count > 0)
        outcome = b2h_delete_values(session->client, argv[0], selection.types, selection.type_count,
                                    &session->call, &count, &error);
    else
        outcome = b2h_delete_values_at(session->client, argv[0], selection.indexes, selection.index_count,
                                       &session->call, &count, &error);
    selection_free(&selection);
    if (outcome != B2H_OK)
        status = fail(options, argv[0], error);
    else if (status == DONE)
        succeed_count(options, argv[0], "deleted", count, "value");
    return status;
}

int run_unset(struct session *session, int argc, char **argv)
{
    return for_each_handle(session, argc, argv, unset);
}
