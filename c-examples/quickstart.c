/*
 * The whole life of a Handle in one program: register it with a URL, read the URL, change it, read it again,
 * delete the Handle.
 *
 *     quickstart CREDENTIALS.json [SUFFIX]
 *
 * The credentials name the server, who you are, and the prefix under which the Handle is made.
 */
#include <b2handle.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char URL_ORIGINAL[] = "http://www.example.org/original";
static const char URL_AFTER[] = "http://www.example.org/after";

/* Says why a step failed, and frees the error. */
static void problem(const char *step, b2h_error *error)
{
    printf("PROBLEM: %s: %s\n", step, b2h_error_message(error));
    b2h_error_free(error);
}

/* Returns 1 if the URL of the Handle is the expected one. */
static int url_is(b2h_client *client, const char *handle, const char *expected, const char *unexpected)
{
    b2h_error *error = NULL;
    char *url = NULL;
    int same;

    if (b2h_get_value(client, handle, "URL", NULL, &url, &error) != B2H_OK) {
        problem("Read handle", error);
        return 0;
    }
    same = strcmp(url, expected) == 0;
    if (!same)
        printf("%s\nExpected : %s\nReturned : %s\n", unexpected, expected, url);
    b2h_string_free(url);
    return same;
}

/* Returns 1 if all steps on the Handle did what they should. */
static int run(b2h_client *client, const char *handle)
{
    b2h_error *error = NULL;
    char *registered = NULL;
    int ok;

    printf("Creating handle %s\n", handle);
    if (b2h_register_handle(client, handle, URL_ORIGINAL, NULL, &registered, &error) != B2H_OK) {
        problem("Create handle", error);
        return 0;
    }
    ok = strcmp(registered, handle) == 0;
    puts(ok ? "OK: Create handle successful." : "PROBLEM: Create handle returned unexpected response.");
    b2h_string_free(registered);

    if (url_is(client, handle, URL_ORIGINAL, "PROBLEM: Read handle returned unexpected response."))
        puts("OK: Read handle successful.");
    else
        ok = 0;

    if (b2h_modify_value(client, handle, "URL", URL_AFTER, NULL, &error) != B2H_OK) {
        problem("Modify handle", error);
        error = NULL;
        ok = 0;
    } else if (url_is(client, handle, URL_AFTER, "PROBLEM: Modify handle value returned unexpected value.")) {
        puts("OK: Modify handle successful.");
    } else {
        ok = 0;
    }

    /* Also after a failure, so that nothing is left behind. */
    if (b2h_delete_handle(client, handle, NULL, &error) != B2H_OK) {
        problem("Delete handle", error);
        return 0;
    }
    puts("OK: Delete handle successfully.");
    return ok;
}

int main(int argc, char **argv)
{
    const char *suffix = argc > 2 ? argv[2] : "MYTEST-HANDLE";
    b2h_client *client = NULL;
    b2h_error *error = NULL;
    char *prefix = NULL, *server = NULL, *handle = NULL;
    int ok = 0;

    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: %s CREDENTIALS.json [SUFFIX]\n", argv[0]);
        return 2;
    }
    puts("Creating credentials");
    if (b2h_client_from_json(argv[1], &client, &error) != B2H_OK ||
        b2h_client_setting(client, "prefix", &prefix, &error) != B2H_OK ||
        b2h_client_setting(client, "handle_server_url", &server, &error) != B2H_OK) {
        problem("Credentials", error);
    } else {
        size_t length = strlen(prefix) + strlen(suffix) + 2;

        printf("PID prefix %s\nServer %s\n", prefix, server);
        handle = malloc(length);
        if (handle != NULL) {
            snprintf(handle, length, "%s/%s", prefix, suffix);
            ok = run(client, handle);
        }
    }
    free(handle);
    b2h_string_free(server);
    b2h_string_free(prefix);
    b2h_client_free(client);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
