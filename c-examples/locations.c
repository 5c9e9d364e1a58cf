/* Gives a Handle several locations, from which a resolver chooses, and changes them. */
#include "example.h"

static b2h_error *error;

static void print_locations(b2h_client *client, const char *handle, size_t expected)
{
    b2h_locations *locations = NULL;
    size_t i;

    ok(b2h_get_locations(client, handle, NULL, &locations, &error), &error);
    for (i = 0; i < b2h_locations_count(locations); i++) {
        const char *weight = b2h_locations_attribute(locations, i, "weight");

        printf("%s, weight %s\n", b2h_locations_url(locations, i), weight != NULL ? weight : "1");
    }
    expect(b2h_locations_count(locations) == expected, "the number of locations");
    b2h_locations_free(locations);
}

int main(int argc, char **argv)
{
    const char *const mirrors[] = {"https://one.example.org/data", "https://two.example.org/data"};
    const char *const german[] = {"https://de.example.org/data"};
    const char *const names[] = {"weight", "country"}, *const texts[] = {"0.5", "de"};
    b2h_client *client = example_client(argc, argv);
    char *handle = example_handle(client);
    b2h_values *values = NULL;
    int32_t found = 0;
    size_t removed = 0;

    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_text(values, 0, "URL", mirrors[0], &error), &error);
    ok(b2h_values_add_locations(values, mirrors, 2, NULL, NULL, 0, &error), &error);

    if (ok(b2h_register_values(client, handle, values, NULL, NULL, &error), &error)) {
        /* With attributes; for a URL that is there already, they are set. */
        ok(b2h_add_locations(client, handle, german, 1, names, texts, 2, NULL, &error), &error);
        ok(b2h_add_locations(client, handle, mirrors, 2, names, texts, 1, NULL, &error), &error);
        print_locations(client, handle, 3);

        /* The data have moved; what else is said of the location stays. */
        ok(b2h_exchange_location(client, handle, mirrors[1], "https://new.example.org/data", NULL, &error),
           &error);
        ok(b2h_has_location(client, handle, "https://new.example.org/data", NULL, &found, &error), &error);
        expect(found, "the new URL is there");

        ok(b2h_remove_locations(client, handle, german, 1, NULL, &removed, &error), &error);
        expect(removed == 1, "one location was removed");
        print_locations(client, handle, 2);
        ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    }
    b2h_values_free(values);
    b2h_string_free(handle);
    return example_end(client);
}
