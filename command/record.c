#include "record.h"
#include "json.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A time as the REST API writes it. */
static void json_time(const char *key, int64_t seconds)
{
    time_t time = (time_t)seconds;
    struct tm parts;
    char text[32];

    if (gmtime_r(&time, &parts) == NULL || strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        return;
    json_member(key, text);
}

static void json_data(const b2h_value *value)
{
    const char *format = b2h_value_format(value), *text = b2h_value_text(value);
    int is_base64 = text == NULL || strcmp(format, "base64") == 0;
    size_t length;
    const uint8_t *bytes = b2h_value_bytes(value, &length);

    json_key("data");
    json_open('{');
    json_member("format", is_base64 ? "base64" : format);
    json_key("value");
    if (is_base64)
        json_base64(bytes, length);
    else if (strcmp(format, "string") == 0)
        json_text(text);
    else
        json_embed(text);
    json_close('}');
}

static void json_references(const b2h_value *value)
{
    size_t count = b2h_value_reference_count(value), at;

    if (count == 0)
        return;
    json_key("references");
    json_open('[');
    for (at = 0; at < count; at++) {
        json_open('{');
        json_member("handle", b2h_value_reference_handle(value, at));
        json_key("index");
        json_number(b2h_value_reference_index(value, at));
        json_close('}');
    }
    json_close(']');
}

/* What a value has besides type and data. */
static void json_rest(const b2h_value *value)
{
    if (b2h_value_ttl_is_absolute(value)) {
        json_time("ttl", b2h_value_ttl(value));
    } else {
        json_key("ttl");
        json_number(b2h_value_ttl(value));
    }
    json_member("permissions", b2h_value_permissions(value));
    if (b2h_value_timestamp(value) >= 0)
        json_time("timestamp", b2h_value_timestamp(value));
    json_references(value);
}

static void json_value(const b2h_value *value)
{
    json_open('{');
    if (b2h_value_index(value) > 0) {
        json_key("index");
        json_number(b2h_value_index(value));
    }
    json_member("type", b2h_value_type(value));
    json_data(value);
    /* A reverse lookup tells nothing but types and texts. */
    if (b2h_value_index(value) > 0)
        json_rest(value);
    json_close('}');
}

void record_json(const b2h_record *record)
{
    size_t at;

    json_key("values");
    json_open('[');
    for (at = 0; at < b2h_record_count(record); at++)
        json_value(b2h_record_value(record, at));
    json_close(']');
}

/* Bytes that are no text, on one line. */
static void put_hexadecimal(const b2h_value *value)
{
    size_t length, at;
    const uint8_t *bytes = b2h_value_bytes(value, &length);

    fputs("0x", stdout);
    for (at = 0; at < length; at++)
        printf("%02x", bytes[at]);
}

static void put_data(const b2h_value *value)
{
    const char *text = b2h_value_text(value);

    if (text != NULL)
        put_visible(stdout, text);
    else
        put_hexadecimal(value);
}

void value_show(const b2h_value *value)
{
    size_t length;
    const uint8_t *bytes = b2h_value_bytes(value, &length);

    if (b2h_value_text(value) != NULL)
        put_plain(stdout, b2h_value_text(value));
    else if (isatty(STDOUT_FILENO))
        put_hexadecimal(value);
    else
        fwrite(bytes, 1, length, stdout);
    putchar('\n');
}

/* A reverse lookup tells no index. */
static void put_index(const b2h_value *value, int aligned)
{
    char index[16] = "-";

    if (b2h_value_index(value) > 0)
        snprintf(index, sizeof index, "%" PRIu32, b2h_value_index(value));
    printf(aligned ? "%7s  " : "%s\t", index);
}

static void show_lines(const b2h_record *record, int width)
{
    size_t at;

    for (at = 0; at < b2h_record_count(record); at++) {
        const b2h_value *value = b2h_record_value(record, at);
        const char *type = b2h_value_type(value);
        int left = width - (int)strlen(type);

        put_index(value, width > 0);
        put_visible(stdout, type);
        if (width > 0)
            printf("%*s  ", left > 0 ? left : 0, "");
        else
            putchar('\t');
        put_data(value);
        putchar('\n');
    }
}

void record_show(const struct options *options, const char *handle, const b2h_record *record)
{
    if (options->json) {
        json_open('{');
        json_member("handle", handle);
        record_json(record);
        json_end();
    } else if (options->quiet) {
        show_lines(record, 0);
    } else {
        size_t at, width = 1;

        for (at = 0; at < b2h_record_count(record); at++) {
            size_t length = strlen(b2h_value_type(b2h_record_value(record, at)));

            width = length > width ? length : width;
        }
        put_visible(stdout, handle);
        putchar('\n');
        show_lines(record, width > 40 ? 40 : (int)width);
    }
}
