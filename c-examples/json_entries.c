/* Registers a Handle with values in JSON, as B2HANDLE and the REST API write them, and copies it to another
 * one. */
#include "example.h"

static const char ENTRIES[] =
    "[{\"index\": 1, \"type\": \"URL\", \"data\": \"https://www.example.org/\"},"
    " {\"type\": \"CHECKSUM\", \"data\": {\"format\": \"string\", \"value\": \"md5:1\"}},"
    " {\"index\": 20, \"type\": \"NOTE\", \"data\": \"\\u00fc\", \"ttl\": 60}]";

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *handle = example_handle(client), *copy = example_handle(client), *text = NULL;
    b2h_values *values = NULL, *copied = NULL;
    b2h_record *record = NULL;
    b2h_error *error = NULL;

    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_json(values, ENTRIES, &error), &error);
    expect(b2h_values_count(values) == 3, "three values were read");

    if (ok(b2h_register_values(client, handle, values, NULL, NULL, &error), &error)) {
        /* What the server says of a record can be written as it is. */
        ok(b2h_get_record(client, handle, NULL, &record, &error), &error);
        printf("%s\n", b2h_record_json(record));
        ok(b2h_values_new(&copied, &error), &error);
        ok(b2h_values_add_json(copied, b2h_record_json(record), &error), &error);
        b2h_record_free(record);

        if (ok(b2h_register_values(client, copy, copied, NULL, NULL, &error), &error)) {
            ok(b2h_get_value(client, copy, "NOTE", NULL, &text, &error), &error);
            expect_text(text, "ü");
            ok(b2h_delete_handle(client, copy, NULL, &error), &error);
        }
        ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    }
    b2h_values_free(copied);
    b2h_values_free(values);
    b2h_string_free(copy);
    b2h_string_free(handle);
    return example_end(client);
}
