/* The options of the command line. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stddef.h>
#include <stdint.h>

struct options {
    /* For all subcommands. */
    const char *credentials;
    int json, quiet, help, version;
    int32_t log_level;
    uint32_t timeout_ms;
    /* The exit status and the first line are for a monitor. */
    int is_probe;

    /* For some of them. */
    uint32_t flags; /* of b2h_call_options */
    const char *values, *profile, *prefix;
    int32_t change; /* B2H_MODIFY_OR_ADD and so on */
    int yes, by_server, records;
    size_t limit;
    uint32_t index;
    const char *output, *server, *resolver, *passphrase_file, *new_passphrase_file;
    int encrypt, handle_format;
};

/* Which options a subcommand takes besides those for all. */
enum {
    TAKES_OVERWRITE = 1 << 0,
    TAKES_VALUES = 1 << 1,
    TAKES_PROFILE = 1 << 2,
    TAKES_READING = 1 << 3,
    TAKES_CHANGE = 1 << 4,
    TAKES_FORCE = 1 << 5,
    TAKES_YES = 1 << 6,
    TAKES_PREFIX = 1 << 7,
    TAKES_LIMIT = 1 << 8,
    TAKES_RECORDS = 1 << 9,
    TAKES_BY_SERVER = 1 << 10,
    TAKES_KEY = 1 << 11
};

/*
 * Reads options and leaves the operands: argv then begins with them, argc says how many. Stops at the first
 * operand where only those for all subcommands are read (takes < 0). Returns 0, or the exit status for wrong
 * usage.
 */
int options_read(struct options *options, int takes, int *argc, char ***argv);

/* The text of --help about the options that a subcommand takes. */
void options_help(int takes);

#endif
