/* Registers Handles whose names nobody has to think of. */
#include "example.h"

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *prefix = example_prefix(client), *handle = NULL, *text = NULL;
    b2h_values *values = NULL;
    b2h_error *error = NULL;
    int number;

    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_text(values, 0, "URL", "https://www.example.org/", &error), &error);

    /* The list can be used as often as one likes; each time another name comes out. */
    for (number = 0; number < 3; number++) {
        if (!ok(b2h_generate_and_register(client, prefix, values, NULL, &handle, &error), &error))
            break;
        printf("Registered %s\n", handle);
        expect(strncmp(handle, prefix, strlen(prefix)) == 0, "the name begins with the prefix");
        ok(b2h_get_value(client, handle, "URL", NULL, &text, &error), &error);
        expect_text(text, "https://www.example.org/");
        ok(b2h_delete_handle(client, handle, NULL, &error), &error);
        b2h_string_free(handle);
    }
    b2h_values_free(values);
    b2h_string_free(prefix);
    return example_end(client);
}
