/* Key files and passphrases. */
#ifndef KEY_FILE_H
#define KEY_FILE_H

#include "options.h"

#include <b2handle.h>

enum { LONGEST_PASSPHRASE = 1023 };

struct passphrase {
    char text[LONGEST_PASSPHRASE + 1];
};

/* Reads a key, with its passphrase where it is encrypted; NULL after a failure, which is told. */
b2h_key *key_open(const struct options *options, const char *path, int *status);

/*
 * The passphrase that the options want for a new file. Returns it, NULL for none; after a failure, which is
 * told, the status is not 0. To be wiped.
 */
const char *new_passphrase(const struct options *options, struct passphrase *passphrase, int *status);

/* Writes what was made to --output or standard output. Returns the exit status. */
int key_write(const struct options *options, const uint8_t *bytes, size_t length, int is_secret, int is_text);

#endif
