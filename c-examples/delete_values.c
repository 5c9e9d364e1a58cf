/* Deletes values of a record, by their types and by their indexes; the rest of the record stays. */
#include "example.h"

int main(int argc, char **argv)
{
    static const char *const outdated[] = {"CHECKSUM", "NOTE", "NOT THERE"};
    static const uint32_t indexes[] = {7};
    b2h_client *client = example_client(argc, argv);
    char *handle = example_handle(client);
    b2h_values *values = NULL;
    b2h_record *record = NULL;
    b2h_error *error = NULL;
    size_t count = 0;

    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_text(values, 0, "URL", "https://www.example.org/", &error), &error);
    ok(b2h_values_add_text(values, 0, "CHECKSUM", "md5:1", &error), &error);
    ok(b2h_values_add_text(values, 0, "NOTE", "first", &error), &error);
    ok(b2h_values_add_text(values, 0, "NOTE", "second", &error), &error);
    ok(b2h_values_add_text(values, 7, "REPLICA", "https://one.example.org/", &error), &error);
    ok(b2h_values_add_text(values, 8, "REPLICA", "https://two.example.org/", &error), &error);

    if (ok(b2h_register_values(client, handle, values, NULL, NULL, &error), &error)) {
        /* All values of these types. What is not there is no error. */
        ok(b2h_delete_values(client, handle, outdated, 3, NULL, &count, &error), &error);
        expect(count == 3, "CHECKSUM and two NOTE values were deleted");

        /* Just one of several values of a type. */
        ok(b2h_delete_values_at(client, handle, indexes, 1, NULL, &count, &error), &error);
        expect(count == 1, "one REPLICA value was deleted");

        ok(b2h_get_record(client, handle, NULL, &record, &error), &error);
        expect(b2h_record_count(record) == 3, "URL, one REPLICA and HS_ADMIN are left");
        expect(b2h_record_value_at(record, 8) != NULL, "the other REPLICA value is left");
        b2h_record_free(record);

        ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    }
    b2h_values_free(values);
    b2h_string_free(handle);
    return example_end(client);
}
