/* The actions of b2h key. */
#ifndef KEYS_H
#define KEYS_H

#include "session.h"

/* Each is given a key and the operands after its file. */
int key_show(const struct options *options, const char *path, b2h_key *key);
int key_convert(const struct options *options, b2h_key *key);
int key_public(const struct options *options, b2h_key *key);
int key_value(const struct options *options, b2h_key *key);
int key_certificate(const struct options *options, b2h_key *key, const char *identity);
int key_fingerprint(const struct options *options, const char *path, b2h_key *key);

/* Given the operands after "fetch". */
int key_fetch(struct session *session, int argc, char **argv);

#endif
