#include "json.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>

/* Whether a comma goes before the next value. */
static int comma;

static void separate(void)
{
    if (comma)
        putchar(',');
    comma = 1;
}

void json_open(char bracket)
{
    separate();
    putchar(bracket);
    comma = 0;
}

void json_close(char bracket)
{
    putchar(bracket);
    comma = 1;
}

void json_end(void)
{
    fputs("}\n", stdout);
    comma = 0;
}

void json_key(const char *key)
{
    json_text(key);
    putchar(':');
    comma = 0;
}

static void character(const char *text, size_t length)
{
    unsigned char byte = (unsigned char)*text;

    if (length == 0)
        fputs("\\ufffd", stdout);
    else if (byte == '"' || byte == '\\')
        printf("\\%c", byte);
    else if (byte < 0x20 || byte == 0x7f)
        printf("\\u%04x", byte);
    else if (byte == 0xc2 && (unsigned char)text[1] < 0xa0)
        printf("\\u%04x", (unsigned char)text[1]);
    else
        fwrite(text, 1, length, stdout);
}

void json_text(const char *text)
{
    separate();
    if (text == NULL) {
        fputs("null", stdout);
        return;
    }
    putchar('"');
    while (*text != '\0') {
        size_t length = utf8_length(text);

        character(text, length);
        text += length == 0 ? 1 : length;
    }
    putchar('"');
}

void json_number(int64_t number)
{
    separate();
    printf("%" PRId64, number);
}

void json_bool(int is_true)
{
    separate();
    fputs(is_true ? "true" : "false", stdout);
}

void json_embed(const char *json)
{
    separate();
    /* A line end in JSON is only layout. */
    for (; *json != '\0'; json++)
        putchar(*json == '\n' || *json == '\r' ? ' ' : *json);
}

void json_base64(const uint8_t *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t at;

    separate();
    putchar('"');
    for (at = 0; at < length; at += 3) {
        size_t left = length - at;
        uint32_t group = (uint32_t)bytes[at] << 16 | (left > 1 ? (uint32_t)bytes[at + 1] << 8 : 0) |
                         (left > 2 ? bytes[at + 2] : 0);

        putchar(digits[group >> 18]);
        putchar(digits[group >> 12 & 63]);
        putchar(left > 1 ? digits[group >> 6 & 63] : '=');
        putchar(left > 2 ? digits[group & 63] : '=');
    }
    putchar('"');
}

void json_member(const char *key, const char *text)
{
    json_key(key);
    json_text(text);
}
