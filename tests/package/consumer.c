/* Somebody's program: it links, runs, and finds the library that it was compiled for. */
#include <b2handle.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
    b2h_client *client = NULL;
    b2h_error *error = NULL;
    char *prefix = NULL;
    int failed = 0;

    if (b2h_client_from_json_text("{\"prefix\": \"21.T12345\"}", &client, &error) != B2H_OK ||
        b2h_client_setting(client, "prefix", &prefix, &error) != B2H_OK) {
        fprintf(stderr, "%s\n", b2h_error_message(error));
        failed = 1;
    } else if (strcmp(prefix, "21.T12345") != 0 || strcmp(b2h_version(), B2H_VERSION_STRING) != 0) {
        fprintf(stderr, "%s %s\n", prefix, b2h_version());
        failed = 1;
    } else {
        puts("It works.");
    }
    b2h_string_free(prefix);
    b2h_error_free(error);
    b2h_client_free(client);
    return failed;
}
