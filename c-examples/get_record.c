/* Reads a whole record and prints all that is known of each value. */
#include "example.h"

static void print(const b2h_value *value)
{
    const char *text = b2h_value_text(value);
    size_t length = 0;

    printf("%5u %-12s %-8s ttl %lld permissions %s ", b2h_value_index(value), b2h_value_type(value),
           b2h_value_format(value), (long long)b2h_value_ttl(value), b2h_value_permissions(value));
    if (text != NULL) {
        puts(text);
    } else {
        b2h_value_bytes(value, &length);
        printf("(%zu bytes)\n", length);
    }
}

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *handle = example_handle(client);
    b2h_values *values = NULL;
    b2h_record *record = NULL;
    b2h_error *error = NULL;
    size_t place;

    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_text(values, 0, "URL", "https://www.example.org/", &error), &error);
    ok(b2h_values_add_text(values, 0, "AUTHOR", "Ada", &error), &error);
    ok(b2h_values_add_text(values, 0, "AUTHOR", "Grace", &error), &error);
    ok(b2h_values_add_bytes(values, 0, "ICON", (const uint8_t *)"\xff\0", 2, &error), &error);

    if (ok(b2h_register_values(client, handle, values, NULL, NULL, &error), &error)) {
        ok(b2h_get_record(client, handle, NULL, &record, &error), &error);

        /* All values, in the server's order. What belongs to the record is valid until it is freed. */
        for (place = 0; place < b2h_record_count(record); place++)
            print(b2h_record_value(record, place));
        expect(b2h_record_count(record) == 5, "four values and HS_ADMIN");

        /* Or by type, first, second and so on; or by index. */
        const b2h_value *second = b2h_record_find(record, "AUTHOR", 1);
        expect(second != NULL && strcmp(b2h_value_text(second), "Grace") == 0, "the second author is Grace");
        expect(b2h_record_find(record, "AUTHOR", 2) == NULL, "there is no third author");
        expect(b2h_record_value_at(record, 1) == b2h_record_find(record, "url", 0), "the URL has index 1");

        b2h_record_free(record);
        ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    }
    b2h_values_free(values);
    b2h_string_free(handle);
    return example_end(client);
}
