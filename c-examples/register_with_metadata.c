/* Registers a Handle with more than a URL: a checksum, values of other types, and what is unusual about them.
 */
#include "example.h"

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *handle = example_handle(client), *text = NULL;
    b2h_values *values = NULL;
    b2h_error *error = NULL;

    /* 0 has an index chosen: 1 for the URL, then 2, 3 and so on. */
    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_text(values, 0, "URL", "https://www.example.org/data/17", &error), &error);
    ok(b2h_values_add_text(values, 0, "CHECKSUM", "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e", &error), &error);
    ok(b2h_values_add_text(values, 0, "TITLE", "Größe der Körner (µm)", &error), &error);
    /* Said of the value that was added last: it may be cached for a minute, and only administrators read it.
     */
    ok(b2h_values_add_text(values, 0, "EMAIL", "curator@example.org", &error), &error);
    ok(b2h_values_set_ttl(values, 60, &error), &error);
    ok(b2h_values_set_permissions(values, "1100", &error), &error);
    /* One type may have several values, and a value may be bytes. */
    ok(b2h_values_add_text(values, 0, "EUDAT/REPLICA", "21.T12345/first-copy", &error), &error);
    ok(b2h_values_add_text(values, 0, "EUDAT/REPLICA", "21.T12345/second-copy", &error), &error);
    ok(b2h_values_add_bytes(values, 50, "THUMBNAIL", (const uint8_t *)"\x89PNG\0", 5, &error), &error);

    if (ok(b2h_register_values(client, handle, values, NULL, NULL, &error), &error)) {
        b2h_call_options as_administrator = B2H_CALL_OPTIONS_INIT;

        printf("%s has %zu values and an HS_ADMIN value\n", handle, b2h_values_count(values));
        ok(b2h_get_value(client, handle, "TITLE", NULL, &text, &error), &error);
        expect_text(text, "Größe der Körner (µm)");

        expect(b2h_get_value(client, handle, "EMAIL", NULL, &text, NULL) != B2H_OK, "EMAIL is hidden");
        as_administrator.flags = B2H_AUTHENTICATED;
        ok(b2h_get_value(client, handle, "EMAIL", &as_administrator, &text, &error), &error);
        expect_text(text, "curator@example.org");

        ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    }
    b2h_values_free(values);
    b2h_string_free(handle);
    return example_end(client);
}
