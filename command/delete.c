/* b2h delete: whole Handles. */
#include "input.h"
#include "report.h"
#include "subcommands.h"
#include "terminal.h"

#include <unistd.h>

static int delete_one(struct session *session, int argc, char **argv)
{
    const struct options *options = session->options;
    b2h_error *error = NULL;

    if (argc > 1)
        return wrong_usage(options, "delete takes one Handle, and %s is no option; unset deletes values",
                           argv[1]);
    if (!options->yes && isatty(STDIN_FILENO) && !confirm("Delete with all its values:", argv[0]))
        return fail_with(options, argv[0], B2H_CANCELLED, "%s was not deleted.", argv[0]);
    if (b2h_delete_handle(session->client, argv[0], &session->call, &error) != B2H_OK)
        return fail(options, argv[0], error);
    succeed(options, argv[0], "deleted");
    return DONE;
}

int run_delete(struct session *session, int argc, char **argv)
{
    /* A list that was not meant to be one is the end of many Handles. */
    if (reads_handles(argc, argv) && !session->options->yes)
        return wrong_usage(session->options,
                           "--yes is needed to delete the Handles that standard input names");
    return for_each_handle(session, argc, argv, delete_one);
}
