/* b2h: Handles at the command line. */
#include "interrupt.h"
#include "report.h"
#include "subcommands.h"

#include <stdio.h>
#include <string.h>

static const struct subcommand {
    const char *name, *operands, *summary;
    int takes;
    int (*run)(struct session *session, int argc, char **argv);
    /* It works without a client. */
    int is_local;
} subcommands[] = {
    {"check", "", "Tells whether server, credentials and rights are as they should be; for monitoring, too.",
     0, run_check, 0},
    {"get", "HANDLE [TYPE|INDEX ...]", "Reads a record, or the values of these types or indexes.",
     TAKES_READING, run_get, 0},
    {"register", "HANDLE URL [TYPE=VALUE ...]", "Registers a Handle.",
     TAKES_OVERWRITE | TAKES_VALUES | TAKES_PROFILE, run_register, 0},
    {"modify", "HANDLE TYPE=VALUE ...", "Changes values, and adds those that are not there.",
     TAKES_VALUES | TAKES_CHANGE | TAKES_FORCE, run_modify, 0},
    {"unset", "HANDLE TYPE|INDEX ...", "Deletes values.", TAKES_FORCE, run_unset, 0},
    {"delete", "HANDLE", "Deletes a Handle with all its values.", TAKES_YES, run_delete, 0},
    {"loc", "list|has|add|exchange|remove HANDLE [URL ...] [NAME=VALUE ...]",
     "The locations of a Handle: several URLs, with attributes such as weight=0.5 and country=de.",
     TAKES_READING, run_loc, 0},
    {"search", "TYPE=TEXT ...", "Finds Handles by their values; * in a text stands for anything.",
     TAKES_PREFIX | TAKES_LIMIT | TAKES_RECORDS, run_search, 0},
    {"list", "[PREFIX]", "Lists the Handles of a prefix, else of that in the credentials.", TAKES_LIMIT,
     run_list, 0},
    {"mint", "URL [TYPE=VALUE ...]", "Registers a Handle under a random name, and prints it.",
     TAKES_VALUES | TAKES_PROFILE | TAKES_PREFIX | TAKES_BY_SERVER, run_mint, 0},
    {"key", "ACTION FILE [IDENTITY]",
     "Key files. ACTION is show, convert, public, value, certificate, fingerprint, or fetch [PREFIX].",
     TAKES_KEY, run_key, 1},
};
enum { COUNT = sizeof subcommands / sizeof *subcommands };

static int version(void)
{
    printf("b2h %s (libb2handle %s)\n", B2H_VERSION_STRING, b2h_version());
    return flush_output();
}

static int help(void)
{
    size_t at;

    puts("usage: b2h [OPTION ...] SUBCOMMAND [OPTION ...] [OPERAND ...]\n\nSubcommands:");
    for (at = 0; at < COUNT; at++)
        printf("  %-10s %s\n", subcommands[at].name, subcommands[at].summary);
    puts("\nOptions for all of them:");
    options_help(0);
    puts("\nb2h SUBCOMMAND --help tells more, and so does the manual, b2h(1).");
    return flush_output();
}

static int help_for(const struct subcommand *subcommand)
{
    printf("usage: b2h %s [OPTION ...] %s\n\n%s\n", subcommand->name, subcommand->operands,
           subcommand->summary);
    if (strstr(subcommand->operands, "HANDLE") != NULL)
        puts("With - in place of HANDLE, or without operands, the Handles are read from standard input, one "
             "per line.");
    puts("\nOptions:");
    options_help(subcommand->takes);
    return flush_output();
}

static const struct subcommand *find(const char *name)
{
    size_t at;

    for (at = 0; at < COUNT; at++)
        if (strcmp(name, subcommands[at].name) == 0)
            return &subcommands[at];
    return NULL;
}

static int run(const struct subcommand *subcommand, const struct options *options, int argc, char **argv)
{
    struct session session = {options, NULL, B2H_CALL_OPTIONS_INIT};
    int status = DONE, written;

    session.call.cancel = interrupt_watch();
    session.call.timeout_ms = options->timeout_ms;
    session.call.flags = options->flags;
    if (!subcommand->is_local)
        status = session_open(&session);
    if (status == DONE)
        status = subcommand->run(&session, argc, argv);
    session_close(&session);
    written = flush_output();
    interrupt_end();
    return status != DONE ? status : written;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    const struct subcommand *subcommand;
    int status;

    /* Results go out as a whole, so that the progress bar can be taken away before. */
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    /* Messages, too: others may write to the same terminal or file. */
    setvbuf(stderr, NULL, _IOLBF, 1 << 16);
    options.log_level = B2H_LOG_WARNING;
    options.change = B2H_MODIFY_OR_ADD;
    status = options_read(&options, -1, &argc, &argv);
    if (status != DONE)
        return status;
    if (options.version)
        return version();
    if (argc == 0)
        return options.help ? help() : wrong_usage(&options, "a subcommand is missing");
    subcommand = find(argv[0]);
    if (subcommand == NULL)
        return options.help ? help() : wrong_usage(&options, "there is no subcommand %s", argv[0]);
    options.is_probe = subcommand->run == run_check;
    status = options_read(&options, subcommand->takes, &argc, &argv);
    if (options.help)
        return help_for(subcommand);
    if (status != DONE)
        return status;
    return options.version ? version() : run(subcommand, &options, argc, argv);
}
