/*
 * What the examples share. A step that fails is told, and the example goes on: outputs of failed calls are
 * NULL, which is harmless to the library, and so what was made is also deleted after a failure.
 */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#include <b2handle.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int problems;

/* Tells why a call failed, and frees the error. Returns 1 if it did not fail. */
static inline int ok(b2h_status status, b2h_error **error)
{
    if (status == B2H_OK)
        return 1;
    fprintf(stderr, "PROBLEM: %s\n", b2h_error_message(*error));
    b2h_error_free(*error);
    *error = NULL;
    problems++;
    return 0;
}

/* Tells that something is not as it should be. */
static inline void expect(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "PROBLEM: not so: %s\n", what);
        problems++;
    }
}

/* Frees the text after comparing it. */
static inline void expect_text(char *text, const char *expected)
{
    int same = text != NULL && expected != NULL && strcmp(text, expected) == 0;

    expect(same, expected != NULL ? expected : "a text");
    b2h_string_free(text);
}

/* The client for the credentials file that the example is given. */
static inline b2h_client *example_client(int argc, char **argv)
{
    b2h_client *client = NULL;
    b2h_error *error = NULL;

    if (argc != 2) {
        fprintf(stderr, "usage: %s CREDENTIALS.json\n", argv[0]);
        exit(2);
    }
    if (!ok(b2h_client_from_json(argv[1], &client, &error), &error))
        exit(EXIT_FAILURE);
    return client;
}

/* The prefix in the credentials, to be freed. */
static inline char *example_prefix(b2h_client *client)
{
    b2h_error *error = NULL;
    char *prefix = NULL;

    ok(b2h_client_setting(client, "prefix", &prefix, &error), &error);
    return prefix;
}

/* A Handle that nobody has yet, to be freed. It is not registered. */
static inline char *example_handle(b2h_client *client)
{
    b2h_error *error = NULL;
    char *handle = NULL, *prefix = example_prefix(client);

    ok(b2h_generate_name(prefix, &handle, &error), &error);
    b2h_string_free(prefix);
    return handle;
}

/* Frees the client and says how it went. */
static inline int example_end(b2h_client *client)
{
    b2h_client_free(client);
    puts(problems == 0 ? "OK" : "PROBLEM");
    return problems == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
