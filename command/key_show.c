/* b2h key show and b2h key fingerprint: what a key file is. */
#include "json.h"
#include "keys.h"
#include "report.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>

static void show_json(const char *path, const b2h_key *key, const char *fingerprint, const char *identity)
{
    json_open('{');
    json_member("file", path);
    json_member("format", b2h_key_format(key));
    json_member("algorithm", b2h_key_algorithm(key));
    json_key("bits");
    json_number(b2h_key_bits(key));
    json_key("private");
    json_bool(b2h_key_is_private(key));
    json_key("locked");
    json_bool(b2h_key_is_locked(key));
    json_member("encryption", b2h_key_encryption(key));
    json_member("fingerprint", fingerprint);
    json_member("identity", identity);
    json_end();
}

static void line(const char *name, const char *text)
{
    if (text == NULL)
        return;
    printf("  %-12s ", name);
    put_visible(stdout, text);
    putchar('\n');
}

static void show(const char *path, const b2h_key *key, const char *fingerprint, const char *identity)
{
    put_visible(stdout, path);
    printf(": %s\n", b2h_key_format(key));
    if (b2h_key_algorithm(key) != NULL)
        printf("  %-12s %s, %" PRIu32 " bits\n", "key", b2h_key_algorithm(key), b2h_key_bits(key));
    line("encryption", b2h_key_encryption(key));
    if (b2h_key_is_locked(key))
        line("locked", "its passphrase is needed to see more");
    line("fingerprint", fingerprint);
    line("identity", identity);
}

int key_show(const struct options *options, const char *path, b2h_key *key)
{
    char *fingerprint = NULL, *identity = NULL;

    /* A locked key has no fingerprint, and only certificates have an identity. */
    b2h_key_fingerprint(key, &fingerprint, NULL);
    b2h_key_identity(key, &identity, NULL);
    if (options->json)
        show_json(path, key, fingerprint, identity);
    else if (options->quiet)
        puts(b2h_key_format(key));
    else
        show(path, key, fingerprint, identity);
    b2h_string_free(fingerprint);
    b2h_string_free(identity);
    return DONE;
}

int key_fingerprint(const struct options *options, const char *path, b2h_key *key)
{
    b2h_error *error = NULL;
    char *fingerprint = NULL;

    if (b2h_key_fingerprint(key, &fingerprint, &error) != B2H_OK)
        return fail(options, NULL, error);
    if (options->json) {
        json_open('{');
        json_member("file", path);
        json_member("fingerprint", fingerprint);
        json_end();
    } else {
        puts(fingerprint);
    }
    b2h_string_free(fingerprint);
    return DONE;
}
