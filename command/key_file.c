#include "key_file.h"
#include "interrupt.h"
#include "json.h"
#include "report.h"
#include "terminal.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Takes the first line of a file, past stdio and its buffers. Returns 0, or the exit status of a failure. */
static int first_line(const struct options *options, const char *path, struct passphrase *passphrase)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    size_t length = 0;
    ssize_t more = -1;

    if (file >= 0) {
        while (length < LONGEST_PASSPHRASE &&
               (more = read(file, passphrase->text + length, LONGEST_PASSPHRASE - length)) > 0)
            length += (size_t)more;
        close(file);
    }
    if (more < 0)
        return fail_with(options, NULL, B2H_KEY_UNREADABLE, "The passphrase file %s cannot be read: %s.",
                         path, strerror(errno));
    passphrase->text[length] = '\0';
    length = strcspn(passphrase->text, "\r\n");
    if (length == LONGEST_PASSPHRASE)
        return fail_with(options, NULL, B2H_KEY_UNREADABLE, "The first line of %s is too long.", path);
    passphrase->text[length] = '\0';
    return DONE;
}

static int ask(const struct options *options, const char *what, const char *path,
               struct passphrase *passphrase)
{
    int32_t length = ask_passphrase(what, path, passphrase->text, LONGEST_PASSPHRASE);

    if (length < 0 && interrupt_came())
        return fail_with(options, NULL, B2H_CANCELLED, "Interrupted before the passphrase of %s was given.",
                         path);
    if (length < 0)
        return fail_with(options, NULL, B2H_PASSPHRASE_NEEDED,
                         "There is no terminal to ask for the passphrase of %s. Name a file that holds it.",
                         path);
    passphrase->text[length] = '\0';
    return DONE;
}

b2h_key *key_open(const struct options *options, const char *path, int *status)
{
    struct passphrase passphrase;
    b2h_key *key = NULL;
    b2h_error *error = NULL;

    *status = DONE;
    if (b2h_key_read(path, NULL, &key, &error) != B2H_OK)
        *status = fail(options, NULL, error);
    if (!b2h_key_is_locked(key))
        return key;
    b2h_key_free(key);
    key = NULL;
    if (options->passphrase_file != NULL)
        *status = first_line(options, options->passphrase_file, &passphrase);
    else
        *status = ask(options, "Passphrase of", path, &passphrase);
    if (*status == DONE && b2h_key_read(path, passphrase.text, &key, &error) != B2H_OK)
        *status = fail(options, NULL, error);
    wipe(&passphrase, sizeof passphrase);
    return key;
}

const char *new_passphrase(const struct options *options, struct passphrase *passphrase, int *status)
{
    struct passphrase again;

    *status = DONE;
    if (options->new_passphrase_file != NULL) {
        *status = first_line(options, options->new_passphrase_file, passphrase);
    } else if (options->encrypt) {
        *status = ask(options, "New passphrase of", options->output, passphrase);
        if (*status == DONE)
            *status = ask(options, "Once more the new passphrase of", options->output, &again);
        if (*status == DONE && strcmp(passphrase->text, again.text) != 0)
            *status = fail_with(options, NULL, B2H_INVALID_ARGUMENT, "These were two different passphrases.");
        wipe(&again, sizeof again);
    } else {
        return NULL;
    }
    if (*status == DONE && passphrase->text[0] == '\0')
        *status = fail_with(options, NULL, B2H_INVALID_ARGUMENT, "The new passphrase is empty.");
    return *status == DONE ? passphrase->text : NULL;
}

int key_write(const struct options *options, const uint8_t *bytes, size_t length, int is_secret, int is_text)
{
    b2h_error *error = NULL;

    if (options->output != NULL) {
        if (b2h_key_save(options->output, bytes, length, &error) != B2H_OK)
            return fail(options, NULL, error);
        if (options->json) {
            json_open('{');
            json_member("file", options->output);
            json_member("result", "written");
            json_end();
        } else if (!options->quiet) {
            put_visible(stdout, options->output);
            puts(": written");
        }
        return DONE;
    }
    if (is_secret)
        return wrong_usage(options, "a private key only goes to a file: name it with --output");
    if (!is_text && !options->json && isatty(STDOUT_FILENO))
        return wrong_usage(options, "this is not for a terminal: name a file with --output");
    if (options->json) {
        json_open('{');
        json_key(is_text ? "pem" : "base64");
        if (is_text)
            json_text((const char *)bytes);
        else
            json_base64(bytes, length);
        json_end();
    } else {
        fwrite(bytes, 1, length, stdout);
    }
    return DONE;
}
