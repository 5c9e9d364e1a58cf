/*
 * Performs operations with the library as it is told on standard input.
 *
 *     driver CREDENTIALS.json
 *
 * Each line is an operation: fields between tabs, percent-encoded. The answer is a line too: the status, and
 * what was read or the message. driver.py does the same with PYHANDLE and B2HANDLE.
 */
#include "check.h"

#define MOST_FIELDS 64

static b2h_client *client;
static const char *fields[MOST_FIELDS];
static size_t count;

/* Decodes a field in its place. */
static void decode(char *field)
{
    char *to = field;

    for (; *field != '\0'; field++) {
        unsigned code = (unsigned char)*field;
        if (*field == '%') {
            CHECK(sscanf(field + 1, "%2x", &code) == 1);
            field += 2;
        }
        *to++ = (char)code;
    }
    *to = '\0';
}

static void split(char *line)
{
    line[strcspn(line, "\n")] = '\0';
    for (count = 0; line != NULL && count < MOST_FIELDS; count++) {
        char *tab = strchr(line, '\t');
        if (tab != NULL)
            *tab++ = '\0';
        decode(line);
        fields[count] = line;
        line = tab;
    }
    CHECK(count >= 2);
}

static void print_field(const char *text)
{
    putchar('\t');
    for (; *text != '\0'; text++) {
        if (*text == '%' || (unsigned char)*text < ' ')
            printf("%%%02X", (unsigned char)*text);
        else
            putchar(*text);
    }
}

static void print_number(int64_t number)
{
    char text[32];

    snprintf(text, sizeof text, "%lld", (long long)number);
    print_field(text);
}

/* The answer to an operation that reads at most one text. */
static void answer(b2h_status status, char *read)
{
    printf("%d", (int)status);
    if (read != NULL)
        print_field(read);
    if (err != NULL)
        print_field(b2h_error_message(err));
    b2h_string_free(read);
}

/* The values that the fields from this one on tell: types and texts by turns. */
static b2h_values *values_from(size_t at, const char *ttl)
{
    b2h_values *values = NULL;

    CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
    for (; at + 1 < count; at += 2) {
        if (b2h_values_add_text(values, 0, fields[at], fields[at + 1], &err) != B2H_OK)
            break;
        if (*ttl != '\0')
            CHECK_STATUS(B2H_OK, b2h_values_set_ttl(values, atoll(ttl), &err));
    }
    return values;
}

static void print_record(const char *handle)
{
    b2h_record *record = NULL;
    b2h_status status = b2h_get_record(client, handle, NULL, &record, &err);
    uint32_t index = 0;
    size_t left = b2h_record_count(record);

    if (status != B2H_OK) {
        answer(status, NULL);
        return;
    }
    printf("%d", (int)status);
    /* In the order of the indexes, whichever the server's is. */
    while (left > 0) {
        const b2h_value *value = b2h_record_value_at(record, ++index);
        if (value == NULL)
            continue;
        left--;
        print_number(index);
        print_field(b2h_value_type(value));
        print_field(b2h_value_text(value));
        print_number(b2h_value_ttl(value));
    }
    b2h_record_free(record);
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* Types and texts by turns, after the prefix. */
static void print_search(const char *prefix)
{
    const char *types[MOST_FIELDS], *texts[MOST_FIELDS], **names;
    b2h_handles *found = NULL;
    size_t terms = 0, at;
    b2h_status status;

    for (at = 2; at + 1 < count; at += 2, terms++) {
        types[terms] = fields[at];
        texts[terms] = fields[at + 1];
    }
    if (*prefix == '\0')
        prefix = NULL;
    status = b2h_search_handles(client, types, texts, terms, prefix, 0, NULL, &found, &err);
    answer(status, NULL);
    names = calloc(b2h_handles_count(found) + 1, sizeof *names);
    for (at = 0; at < b2h_handles_count(found); at++)
        names[at] = b2h_handles_name(found, at);
    qsort(names, at, sizeof *names, by_name);
    for (at = 0; at < b2h_handles_count(found); at++)
        print_field(names[at]);
    free(names);
    b2h_handles_free(found);
    b2h_error_free(err);
    err = NULL;
}

/* What Python says for true and false. */
static char *truth(int holds)
{
    char *text = strdup(holds ? "True" : "False");

    CHECK(text != NULL);
    return text;
}

static b2h_status count_locations(const char *handle, size_t *number)
{
    b2h_locations *locations = NULL;
    b2h_status status = b2h_get_locations(client, handle, NULL, &locations, &err);

    *number = b2h_locations_count(locations);
    b2h_locations_free(locations);
    return status;
}

/* The operations on several locations (10320/LOC). */
static void perform_on_locations(const char *verb, const char *handle)
{
    const char *const *urls = fields + 2;
    size_t url_count = count - 2, number = 0;
    b2h_values *values = NULL;
    int32_t found = 0;
    char *read = NULL;
    b2h_status status;

    if (strcmp(verb, "loc_empty") == 0) {
        status = count_locations(handle, &number);
        read = status == B2H_OK ? truth(number == 0) : NULL;
    } else if (strcmp(verb, "loc_has") == 0) {
        status = b2h_has_location(client, handle, urls[0], NULL, &found, &err);
        read = status == B2H_OK ? truth(found) : NULL;
    } else if (strcmp(verb, "loc_add") == 0) {
        status = b2h_add_locations(client, handle, urls, url_count, NULL, NULL, 0, NULL, &err);
    } else if (strcmp(verb, "loc_set") == 0) {
        status = b2h_add_locations(client, handle, urls, 1, urls + 1, urls + 2, 1, NULL, &err);
    } else if (strcmp(verb, "loc_exchange") == 0) {
        status = b2h_exchange_location(client, handle, urls[0], urls[1], NULL, &err);
    } else if (strcmp(verb, "loc_remove") == 0) {
        status = b2h_remove_locations(client, handle, urls, url_count, NULL, NULL, &err);
    } else {
        CHECK(strcmp(verb, "register_loc") == 0);
        CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
        CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "URL", urls[0], &err));
        status = b2h_values_add_locations(values, urls + 1, url_count - 1, NULL, NULL, 0, &err);
        if (status == B2H_OK)
            status = b2h_register_values(client, handle, values, NULL, NULL, &err);
        b2h_values_free(values);
    }
    printf("%d", (int)status);
    if (read != NULL)
        print_field(read);
    if (err != NULL)
        print_field(b2h_error_message(err));
    free(read);
    b2h_error_free(err);
    err = NULL;
}

static void perform(void)
{
    const char *verb = fields[0], *handle = fields[1];
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_values *values = NULL;
    char *read = NULL;
    b2h_status status;

    if (strcmp(verb, "overwrite") == 0 || strcmp(verb, "overwrite_json") == 0)
        options.flags = B2H_OVERWRITE;
    if (strcmp(verb, "record") == 0) {
        print_record(handle);
        return;
    }
    if (strcmp(verb, "search") == 0) {
        print_search(handle);
        return;
    }
    if (strstr(verb, "loc") != NULL) {
        perform_on_locations(verb, handle);
        return;
    }
    if (strcmp(verb, "get") == 0) {
        status = b2h_get_value(client, handle, fields[2], NULL, &read, &err);
    } else if (strcmp(verb, "delete") == 0) {
        status = b2h_delete_handle(client, handle, NULL, &err);
    } else if (strcmp(verb, "delete_values") == 0) {
        status = b2h_delete_values(client, handle, fields + 2, count - 2, NULL, NULL, &err);
    } else if (strcmp(verb, "register_json") == 0 || strcmp(verb, "overwrite_json") == 0) {
        CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
        status = b2h_values_add_json(values, fields[2], &err);
        if (status == B2H_OK)
            status = b2h_register_values(client, handle, values, &options, NULL, &err);
    } else {
        int modify = strcmp(verb, "modify") == 0;
        values = values_from(modify ? 3 : 2, modify ? fields[2] : "");
        if (err != NULL)
            status = b2h_error_status(err);
        else if (strcmp(verb, "register") == 0 || strcmp(verb, "overwrite") == 0)
            status = b2h_register_values(client, handle, values, &options, NULL, &err);
        else if (strcmp(verb, "generate") == 0)
            status = b2h_generate_and_register(client, handle, values, NULL, &read, &err);
        else if (modify)
            status = b2h_modify_values(client, handle, values, B2H_MODIFY_OR_ADD, NULL, &err);
        else if (strcmp(verb, "modify_only") == 0)
            status = b2h_modify_values(client, handle, values, B2H_MODIFY_ONLY, NULL, &err);
        else if (strcmp(verb, "add") == 0)
            status = b2h_modify_values(client, handle, values, B2H_ADD_ONLY, NULL, &err);
        else
            exit(2);
    }
    answer(status, read);
    b2h_values_free(values);
    b2h_error_free(err);
    err = NULL;
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;

    CHECK(argc == 2);
    client = client_from(argv[1]);
    while (getline(&line, &room, stdin) > 0) {
        split(line);
        perform();
        putchar('\n');
        fflush(stdout);
    }
    free(line);
    b2h_client_free(client);
    return 0;
}
