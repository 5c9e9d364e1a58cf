/* Changes some values of a record and adds others, with the three ways to say what is meant. */
#include "example.h"

static b2h_error *error;

/* A list of one value, written as the caller says. */
static b2h_status change(b2h_client *client, const char *handle, const char *type, const char *text,
                         int32_t how)
{
    b2h_values *values = NULL;
    b2h_status status;

    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_text(values, 0, type, text, &error), &error);
    status = b2h_modify_values(client, handle, values, how, NULL, &error);
    b2h_values_free(values);
    return status;
}

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *handle = example_handle(client), *text = NULL;

    if (ok(b2h_register_handle(client, handle, "https://www.example.org/old", NULL, NULL, &error), &error)) {
        b2h_record *record = NULL;

        /* One value, the short way. What else is known of it (ttl, permissions) stays. */
        ok(b2h_modify_value(client, handle, "URL", "https://www.example.org/new", NULL, &error), &error);

        /* Changed where there is one, added where there is none. */
        ok(change(client, handle, "CHECKSUM", "md5:1", B2H_MODIFY_OR_ADD), &error);
        ok(change(client, handle, "CHECKSUM", "md5:2", B2H_MODIFY_OR_ADD), &error);

        /* Only changed: a mistyped type is an error. */
        expect(change(client, handle, "CHECKSUN", "md5:3", B2H_MODIFY_ONLY) == B2H_VALUE_NOT_FOUND,
               "refused");
        printf("As it should: %s\n", b2h_error_message(error));
        b2h_error_free(error);
        error = NULL;

        /* Added beside those that are there. */
        ok(change(client, handle, "REPLICA", "https://one.example.org/", B2H_ADD_ONLY), &error);
        ok(change(client, handle, "REPLICA", "https://two.example.org/", B2H_ADD_ONLY), &error);

        ok(b2h_get_value(client, handle, "URL", NULL, &text, &error), &error);
        expect_text(text, "https://www.example.org/new");
        ok(b2h_get_value(client, handle, "CHECKSUM", NULL, &text, &error), &error);
        expect_text(text, "md5:2");
        ok(b2h_get_record(client, handle, NULL, &record, &error), &error);
        expect(b2h_record_find(record, "REPLICA", 1) != NULL, "there are two replicas");
        b2h_record_free(record);

        ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    }
    b2h_string_free(handle);
    return example_end(client);
}
