/*
 * Names a data set by its identifier: the same identifier always gives the same Handle. Publishing it once
 * more finds the Handle of the first time, and no list of names is needed.
 */
#include "example.h"

static b2h_error *error;

/* Registers the data set, or points its Handle to the new place. */
static void publish(b2h_client *client, const char *handle, const char *url)
{
    b2h_status status = b2h_register_handle(client, handle, url, NULL, NULL, &error);

    if (status == B2H_HANDLE_EXISTS) {
        b2h_error_free(error);
        error = NULL;
        status = b2h_modify_value(client, handle, "URL", url, NULL, &error);
    }
    ok(status, &error);
}

int main(int argc, char **argv)
{
    /* Of this example only: nobody publishes it. */
    static const char identifier[] = "libb2handle.example.deterministic_name.v1";
    b2h_client *client = example_client(argc, argv);
    char *prefix = example_prefix(client), *handle = NULL, *again = NULL, *text = NULL;

    ok(b2h_name_from_text(prefix, "url", identifier, 3, &handle, &error), &error);
    ok(b2h_name_from_text(prefix, "url", identifier, 3, &again, &error), &error);
    if (handle != NULL)
        printf("%s is %s\n", identifier, handle);
    expect_text(again, handle);

    publish(client, handle, "https://www.example.org/first");
    publish(client, handle, "https://www.example.org/moved");
    ok(b2h_get_value(client, handle, "URL", NULL, &text, &error), &error);
    expect_text(text, "https://www.example.org/moved");

    ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    b2h_string_free(handle);
    b2h_string_free(prefix);
    return example_end(client);
}
