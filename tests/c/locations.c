/*
 * Several locations of a Handle (10320/LOC).
 *
 *     locations CREDENTIALS life
 *     locations CREDENTIALS get HANDLE
 *     locations CREDENTIALS add HANDLE URL[,URL...] [NAME=VALUE ...]
 *     locations CREDENTIALS exchange HANDLE OLD NEW
 *     locations CREDENTIALS remove HANDLE URL[,URL...]
 *     locations CREDENTIALS register HANDLE URL[,URL...] [NAME=VALUE ...]
 *     locations CREDENTIALS threads HANDLE NUMBER COUNT
 *
 * All but the first print the status, and then what was read, removed, or the message.
 */
#include "check.h"

#include <pthread.h>

#define MOST 64

static b2h_client *client;

/* Parts of a text, in their places. */
static size_t split(char *text, const char *separator, const char **parts)
{
    size_t count = 0;
    char *part;

    for (part = strtok(text, separator); part != NULL && count < MOST; part = strtok(NULL, separator))
        parts[count++] = part;
    return count;
}

static void report(b2h_status status)
{
    printf("%d", (int)status);
    if (err != NULL)
        printf(" %s", b2h_error_message(err));
    printf("\n");
    b2h_error_free(err);
    err = NULL;
}

static void print_locations(const char *handle)
{
    b2h_locations *locations = NULL;
    size_t nth, place;

    report(b2h_get_locations(client, handle, NULL, &locations, &err));
    if (b2h_locations_chooseby(locations) != NULL)
        printf("chooseby=%s\n", b2h_locations_chooseby(locations));
    for (nth = 0; nth < b2h_locations_count(locations); nth++) {
        for (place = 0; place < b2h_locations_attribute_count(locations, nth); place++)
            printf("%s%s=%s", place > 0 ? " " : "", b2h_locations_attribute_name(locations, nth, place),
                   b2h_locations_attribute_value(locations, nth, place));
        printf("\n");
    }
    b2h_locations_free(locations);
}

static size_t count_of(const char *handle)
{
    b2h_locations *locations = NULL;
    size_t count;

    CHECK_STATUS(B2H_OK, b2h_get_locations(client, handle, NULL, &locations, &err));
    count = b2h_locations_count(locations);
    b2h_locations_free(locations);
    return count;
}

static int has(const char *handle, const char *url)
{
    int32_t found = 7;

    CHECK_STATUS(B2H_OK, b2h_has_location(client, handle, url, NULL, &found, &err));
    return found;
}

static void life(void)
{
    static const char HANDLE[] = "21.T12345/LOCATIONS", X[] = "http://x/?a=1&b=\xc3\xbc";
    const char *const urls[] = {X, "http://y/"}, *const gone[] = {"http://y/", "http://none/"};
    const char *const names[] = {"weight", "country"}, *const values[] = {"0.5", "de"};
    const char *const id[] = {"id"}, *const main_id[] = {"main"};
    b2h_locations *locations = NULL;
    size_t count = 7;

    CHECK_STATUS(B2H_HANDLE_NOT_FOUND, b2h_get_locations(client, HANDLE, NULL, &locations, &err));
    CHECK_STATUS(B2H_HANDLE_NOT_FOUND, b2h_add_locations(client, HANDLE, urls, 2, NULL, NULL, 0, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_register_handle(client, HANDLE, "http://x/", NULL, NULL, &err));
    CHECK(count_of(HANDLE) == 0 && !has(HANDLE, X));
    CHECK_STATUS(B2H_OK, b2h_remove_locations(client, HANDLE, urls, 2, NULL, &count, &err));
    CHECK(count == 0);

    CHECK_STATUS(B2H_OK, b2h_add_locations(client, HANDLE, urls, 2, names, values, 2, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_add_locations(client, HANDLE, urls, 1, id, main_id, 1, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_add_locations(client, HANDLE, NULL, 0, NULL, NULL, 0, NULL, &err));
    CHECK_STATUS(B2H_CONFLICT, b2h_add_locations(client, HANDLE, urls + 1, 1, id, main_id, 1, NULL, &err));
    CHECK_STATUS(B2H_INVALID_ARGUMENT,
                 b2h_add_locations(client, HANDLE, urls, 2, id, main_id, 1, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_get_locations(client, HANDLE, NULL, &locations, &err));
    CHECK(b2h_locations_count(locations) == 2 && b2h_locations_chooseby(locations) == NULL);
    CHECK(strcmp(b2h_locations_url(locations, 0), X) == 0);
    CHECK(strcmp(b2h_locations_attribute(locations, 0, "id"), "main") == 0);
    CHECK(strcmp(b2h_locations_attribute(locations, 1, "id"), "1") == 0);
    CHECK(strcmp(b2h_locations_attribute(locations, 1, "weight"), "0.5") == 0);
    CHECK(b2h_locations_attribute(locations, 1, "http_role") == NULL);
    CHECK(b2h_locations_attribute_count(locations, 1) == 4);
    CHECK(strcmp(b2h_locations_attribute_name(locations, 1, 3), "country") == 0);
    CHECK(strcmp(b2h_locations_attribute_value(locations, 1, 3), "de") == 0);
    CHECK(b2h_locations_attribute_name(locations, 1, 4) == NULL && b2h_locations_url(locations, 2) == NULL);
    CHECK(b2h_locations_attribute_count(locations, 2) == 0 &&
          b2h_locations_attribute(locations, 2, "id") == NULL);
    b2h_locations_free(locations);

    CHECK_STATUS(B2H_OK, b2h_exchange_location(client, HANDLE, X, "http://z/", NULL, &err));
    CHECK(has(HANDLE, "http://z/") && !has(HANDLE, X));
    CHECK_STATUS(B2H_VALUE_NOT_FOUND, b2h_exchange_location(client, HANDLE, X, "http://w/", NULL, &err));
    CHECK_STATUS(B2H_CONFLICT, b2h_exchange_location(client, HANDLE, "http://z/", "http://y/", NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_remove_locations(client, HANDLE, gone, 2, NULL, &count, &err));
    CHECK(count == 1 && count_of(HANDLE) == 1);
    CHECK_STATUS(B2H_OK, b2h_exchange_location(client, HANDLE, "http://z/", X, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_remove_locations(client, HANDLE, urls, 1, NULL, NULL, &err));
    CHECK(count_of(HANDLE) == 0);
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, HANDLE, NULL, &err));
}

static void register_with(const char *handle, const char *const *urls, size_t url_count,
                          const char *const *names, const char *const *texts, size_t attribute_count)
{
    b2h_values *values = NULL;
    size_t i;

    CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "URL", "http://x/", &err));
    /* One after another, into one value; the last once more. */
    for (i = 0; i < url_count; i++)
        CHECK_STATUS(B2H_OK, b2h_values_add_locations(values, urls + i, 1, NULL, NULL, 0, &err));
    CHECK_STATUS(B2H_OK,
                 b2h_values_add_locations(values, urls + i - 1, 1, names, texts, attribute_count, &err));
    CHECK(b2h_values_count(values) == 2);
    report(b2h_register_values(client, handle, values, NULL, NULL, &err));
    b2h_values_free(values);
}

static const char *shared;

static void *add_one(void *number)
{
    b2h_error *error = NULL;
    char url[64];
    const char *const urls[] = {url};

    snprintf(url, sizeof url, "http://t/%d", *(int *)number);
    if (b2h_add_locations(client, shared, urls, 1, NULL, NULL, 0, NULL, &error) != B2H_OK) {
        CHECK(b2h_error_status(error) == B2H_CONFLICT);
        printf("conflict %s\n", url);
        b2h_error_free(error);
    }
    return NULL;
}

static void threads(int first, int count)
{
    pthread_t running[MOST];
    int numbers[MOST], i;

    CHECK(count <= MOST);
    for (i = 0; i < count; i++) {
        numbers[i] = first + i;
        CHECK(pthread_create(&running[i], NULL, add_one, &numbers[i]) == 0);
    }
    for (i = 0; i < count; i++)
        pthread_join(running[i], NULL);
}

int main(int argc, char **argv)
{
    const char *urls[MOST], *names[MOST], *values[MOST], *pair[MOST];
    const char *verb = argv[2], *handle;
    size_t url_count, count = 0;
    int i;

    CHECK(argc >= 3);
    client = client_from(argv[1]);
    shared = handle = argc > 3 ? argv[3] : NULL;
    if (strcmp(verb, "life") == 0) {
        life();
    } else if (strcmp(verb, "get") == 0) {
        print_locations(handle);
    } else if (strcmp(verb, "exchange") == 0) {
        report(b2h_exchange_location(client, handle, argv[4], argv[5], NULL, &err));
    } else if (strcmp(verb, "threads") == 0) {
        threads(atoi(argv[4]), atoi(argv[5]));
    } else {
        url_count = split(argv[4], ",", urls);
        for (i = 5; i < argc; i++, count++) {
            CHECK(split(argv[i], "=", pair) == 2);
            names[count] = pair[0];
            values[count] = pair[1];
        }
        if (strcmp(verb, "add") == 0) {
            report(b2h_add_locations(client, handle, urls, url_count, names, values, count, NULL, &err));
        } else if (strcmp(verb, "register") == 0) {
            register_with(handle, urls, url_count, names, values, count);
        } else {
            CHECK(strcmp(verb, "remove") == 0);
            report(b2h_remove_locations(client, handle, urls, url_count, NULL, &count, &err));
            printf("%d\n", (int)count);
        }
    }
    b2h_client_free(client);
    return 0;
}
