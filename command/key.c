/* b2h key: looks at key files, and makes others of them. */
#include "key_file.h"
#include "keys.h"
#include "report.h"
#include "subcommands.h"

#include <string.h>

static int act(const struct options *options, const char *action, const char *path, const char *identity,
               b2h_key *key)
{
    if (strcmp(action, "show") == 0)
        return key_show(options, path, key);
    if (strcmp(action, "convert") == 0)
        return key_convert(options, key);
    if (strcmp(action, "public") == 0)
        return key_public(options, key);
    if (strcmp(action, "value") == 0)
        return key_value(options, key);
    if (strcmp(action, "fingerprint") == 0)
        return key_fingerprint(options, path, key);
    return key_certificate(options, key, identity);
}

/* A locked key is worth a look, too. */
static b2h_key *look(const struct options *options, const char *path, int *status)
{
    b2h_error *error = NULL;
    b2h_key *key = NULL;

    if (options->passphrase_file != NULL)
        return key_open(options, path, status);
    if (b2h_key_read(path, NULL, &key, &error) != B2H_OK)
        *status = fail(options, NULL, error);
    return key;
}

static int is_action(const char *name)
{
    static const char *const names[] = {"show", "convert", "public", "value", "fingerprint", "certificate"};
    size_t at;

    for (at = 0; at < sizeof names / sizeof *names; at++)
        if (strcmp(name, names[at]) == 0)
            return 1;
    return 0;
}

int run_key(struct session *session, int argc, char **argv)
{
    const struct options *options = session->options;
    int status = DONE, operands;
    b2h_key *key;

    if (argc == 0)
        return wrong_usage(options, "what is to be done with the key");
    if (strcmp(argv[0], "fetch") == 0)
        return key_fetch(session, argc - 1, argv + 1);
    if (!is_action(argv[0]))
        return wrong_usage(options, "there is no action %s for keys", argv[0]);
    operands = strcmp(argv[0], "certificate") == 0 ? 3 : 2;
    if (argc != operands)
        return wrong_usage(options, "key %s takes a file%s", argv[0],
                           operands == 3 ? " and index:handle of the user" : "");
    key =
        strcmp(argv[0], "show") == 0 ? look(options, argv[1], &status) : key_open(options, argv[1], &status);
    if (key != NULL)
        status = act(options, argv[0], argv[1], argv[2], key);
    b2h_key_free(key);
    return status;
}
