#include "options.h"
#include "exits.h"
#include "report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALWAYS = 0, FIRST_LONG = 256, COUNT = 28 };

static const struct entry {
    const char *name, *argument;
    int letter, set;
    const char *help;
} entries[COUNT] = {
    {"overwrite", NULL, 0, TAKES_OVERWRITE, "replace the whole record of a Handle that exists"},
    {"values", "FILE", 0, TAKES_VALUES,
     "values in JSON, as the REST API and get --json write them; - for stdin"},
    {"profile", "NAME|FILE", 0, TAKES_PROFILE, "fill a profile, built in or a JSON file, from NAME=VALUE"},
    {"authenticated", NULL, 'a', TAKES_READING, "send the credentials, to see values that are not public"},
    {"authoritative", NULL, 0, TAKES_READING, "ask the server's own storage, not a cache"},
    {"existing", NULL, 0, TAKES_CHANGE, "only change values that are there"},
    {"add", NULL, 0, TAKES_CHANGE, "add values beside those that are there"},
    {"force-admin", NULL, 0, TAKES_FORCE, "also where nobody could repair the Handle afterwards"},
    {"yes", NULL, 'y', TAKES_YES, "do not ask"},
    {"prefix", "PREFIX", 0, TAKES_PREFIX, "instead of the prefix in the credentials"},
    {"limit", "NUMBER", 'n', TAKES_LIMIT, "so many Handles at most"},
    {"records", NULL, 0, TAKES_RECORDS, "with their values"},
    {"by-server", NULL, 0, TAKES_BY_SERVER, "let the server make the random name"},
    {"output", "FILE", 'o', TAKES_KEY, "write a new file that only its owner may read"},
    {"handle", NULL, 0, TAKES_KEY, "the format of the Handle tools, instead of PEM"},
    {"encrypt", NULL, 0, TAKES_KEY, "ask for a passphrase to encrypt the private key with"},
    {"passphrase-file", "FILE", 0, TAKES_KEY, "its first line is the passphrase of the key"},
    {"new-passphrase-file", "FILE", 0, TAKES_KEY, "encrypt the private key with its first line"},
    {"index", "NUMBER", 0, TAKES_KEY, "the index for the HS_PUBKEY value"},
    {"server", "URL", 0, TAKES_KEY, "the server whose key is fetched"},
    {"resolver", "FILE", 0, TAKES_KEY, "credentials that name another resolver than hdl.handle.net"},
    {"credentials", "FILE", 'c', ALWAYS, "credentials JSON; else the variable B2H_CREDENTIALS names it"},
    {"json", NULL, 'j', ALWAYS, "one JSON object per line"},
    {"quiet", NULL, 'q', ALWAYS, "bare results only"},
    {"timeout", "SECONDS", 't', ALWAYS, "the longest time for each call"},
    {"log", "LEVEL", 0, ALWAYS, "error, warning (as usual), info or debug, to standard error"},
    {"help", NULL, 'h', ALWAYS, "this text"},
    {"version", NULL, 'V', ALWAYS, "the versions of command and library"},
};

static int is_taken(const struct entry *entry, int takes)
{
    return entry->set == ALWAYS || (takes > 0 && (entry->set & takes) != 0);
}

/* A whole number up to the largest; returns 0 for anything else. */
static int number(const char *text, unsigned long largest, unsigned long *out)
{
    char *end;

    *out = strtoul(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && *out <= largest;
}

static int set_timeout(struct options *options, const char *text)
{
    char *end;
    double seconds = strtod(text, &end);

    if (*end != '\0' || !(seconds >= 0.001 && seconds <= 4000000))
        return 0;
    options->timeout_ms = (uint32_t)(seconds * 1000);
    return 1;
}

static int set_level(struct options *options, const char *text)
{
    static const char *const levels[] = {"error", "warning", "info", "debug"};
    int32_t level;

    for (level = B2H_LOG_ERROR; level <= B2H_LOG_DEBUG; level++) {
        if (strcmp(text, levels[level - B2H_LOG_ERROR]) == 0) {
            options->log_level = level;
            return 1;
        }
    }
    return 0;
}

/* Options that are set or not; returns 0 for others. */
static int set_switch(struct options *options, const char *name)
{
    const struct {
        const char *name;
        int *to;
    } switches[] = {
        {"json", &options->json},       {"quiet", &options->quiet},     {"help", &options->help},
        {"version", &options->version}, {"yes", &options->yes},         {"by-server", &options->by_server},
        {"records", &options->records}, {"encrypt", &options->encrypt}, {"handle", &options->handle_format},
    };
    const struct {
        const char *name;
        uint32_t flag;
    } flags[] = {
        {"overwrite", B2H_OVERWRITE},
        {"authenticated", B2H_AUTHENTICATED},
        {"authoritative", B2H_AUTHORITATIVE},
        {"force-admin", B2H_FORCE_ADMIN},
    };
    size_t at;

    for (at = 0; at < sizeof switches / sizeof *switches; at++)
        if (strcmp(name, switches[at].name) == 0)
            return *switches[at].to = 1;
    for (at = 0; at < sizeof flags / sizeof *flags; at++)
        if (strcmp(name, flags[at].name) == 0)
            return (options->flags |= flags[at].flag) != 0;
    if (strcmp(name, "existing") == 0)
        return options->change = B2H_MODIFY_ONLY;
    if (strcmp(name, "add") == 0)
        return options->change = B2H_ADD_ONLY;
    return 0;
}

/* Options with an argument that is kept; returns 0 for others. */
static int set_text(struct options *options, const char *name, const char *argument)
{
    const struct {
        const char *name, **to;
    } texts[] = {
        {"credentials", &options->credentials},
        {"values", &options->values},
        {"profile", &options->profile},
        {"prefix", &options->prefix},
        {"output", &options->output},
        {"server", &options->server},
        {"resolver", &options->resolver},
        {"passphrase-file", &options->passphrase_file},
        {"new-passphrase-file", &options->new_passphrase_file},
    };
    size_t at;

    for (at = 0; at < sizeof texts / sizeof *texts; at++) {
        if (strcmp(name, texts[at].name) == 0) {
            *texts[at].to = argument;
            return 1;
        }
    }
    return 0;
}

/* Returns 0 for an argument that means nothing. */
static int set(struct options *options, const struct entry *entry, const char *argument)
{
    unsigned long parsed = 0;

    if (entry->argument == NULL)
        return set_switch(options, entry->name);
    if (strcmp(entry->name, "timeout") == 0)
        return set_timeout(options, argument);
    if (strcmp(entry->name, "log") == 0)
        return set_level(options, argument);
    if (strcmp(entry->name, "limit") == 0) {
        if (!number(argument, UINT32_MAX, &parsed) || parsed == 0)
            return 0;
        options->limit = parsed;
        return 1;
    }
    if (strcmp(entry->name, "index") == 0) {
        if (!number(argument, INT32_MAX, &parsed))
            return 0;
        options->index = (uint32_t)parsed;
        return 1;
    }
    return set_text(options, entry->name, argument);
}

/* What getopt_long() wants to know; the value of an option is its place in the table. */
static void describe(int takes, struct option *table, char *letters)
{
    size_t at, count = 0;

    *letters++ = takes < 0 ? '+' : ':';
    if (takes < 0)
        *letters++ = ':';
    for (at = 0; at < COUNT; at++) {
        if (!is_taken(&entries[at], takes))
            continue;
        table[count].name = entries[at].name;
        table[count].has_arg = entries[at].argument != NULL ? required_argument : no_argument;
        table[count].flag = NULL;
        table[count++].val = FIRST_LONG + (int)at;
        if (entries[at].letter != 0) {
            *letters++ = (char)entries[at].letter;
            if (entries[at].argument != NULL)
                *letters++ = ':';
        }
    }
    memset(&table[count], 0, sizeof table[count]);
    *letters = '\0';
}

static const struct entry *entry_for(int value)
{
    size_t at;

    if (value >= FIRST_LONG)
        return &entries[value - FIRST_LONG];
    for (at = 0; at < COUNT; at++)
        if (entries[at].letter == value)
            return &entries[at];
    return NULL;
}

/* Says what getopt_long() could not take from the word, which may be several letters. */
static int not_taken(const struct options *options, int value, const char *word)
{
    const char letter[] = {'-', (char)optopt, '\0'};
    const char *option = optopt > 0 && optopt < FIRST_LONG ? letter : word;

    return wrong_usage(options, value == ':' ? "%s needs an argument" : "there is no option %s here", option);
}

int options_read(struct options *options, int takes, int *argc, char ***argv)
{
    struct option table[COUNT + 1];
    char letters[2 * COUNT + 3];
    int value;

    describe(takes, table, letters);
    opterr = 0;
    /* Begins anew, also what getopt_long() remembers. */
    optind = 0;
    while ((value = getopt_long(*argc, *argv, letters, table, NULL)) != -1) {
        const struct entry *entry = value == '?' || value == ':' ? NULL : entry_for(value);

        if (entry == NULL)
            return not_taken(options, value, (*argv)[optind - 1]);
        if (!set(options, entry, optarg))
            return wrong_usage(options, "--%s cannot be %s", entry->name, optarg);
    }
    *argc -= optind;
    *argv += optind;
    return 0;
}

void options_help(int takes)
{
    size_t at;

    for (at = 0; at < COUNT; at++) {
        const struct entry *entry = &entries[at];
        int width;

        if (!is_taken(entry, takes))
            continue;
        printf(entry->letter != 0 ? "  -%c, " : "      ", entry->letter);
        width = printf("--%s%s%s", entry->name, entry->argument != NULL ? " " : "",
                       entry->argument != NULL ? entry->argument : "");
        printf("%*s  %s\n", width < 26 ? 26 - width : 0, "", entry->help);
    }
}
