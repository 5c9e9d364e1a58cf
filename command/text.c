#include "text.h"

#include <unistd.h>

size_t utf8_length(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    /* The smallest second byte excludes encodings that are too long, the largest surrogates and what is too
     * large. */
    unsigned char smallest = 0x80, largest = 0xbf;
    size_t length, at;

    if (byte[0] < 0x80)
        return byte[0] != 0;
    if (byte[0] < 0xc2 || byte[0] > 0xf4)
        return 0;
    length = byte[0] < 0xe0 ? 2 : byte[0] < 0xf0 ? 3 : 4;
    if (byte[0] == 0xe0)
        smallest = 0xa0;
    else if (byte[0] == 0xf0)
        smallest = 0x90;
    else if (byte[0] == 0xed)
        largest = 0x9f;
    else if (byte[0] == 0xf4)
        largest = 0x8f;
    if (byte[1] < smallest || byte[1] > largest)
        return 0;
    for (at = 2; at < length; at++)
        if ((byte[at] & 0xc0) != 0x80)
            return 0;
    return length;
}

/* The length of a control character; also of those beyond ASCII, which some terminals obey. */
static size_t control_length(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;

    if (byte[0] < 0x20 || byte[0] == 0x7f)
        return 1;
    return byte[0] == 0xc2 && byte[1] >= 0x80 && byte[1] < 0xa0 ? 2 : 0;
}

void put_visible(FILE *to, const char *text)
{
    while (*text != '\0') {
        size_t length = control_length(text), character = utf8_length(text);

        if (length == 0 && character == 0)
            length = 1;
        if (length == 0) {
            fwrite(text, 1, character, to);
            text += character;
        }
        for (; length > 0; length--)
            fprintf(to, "\\x%02x", (unsigned char)*text++);
    }
}

void put_plain(FILE *to, const char *text)
{
    if (isatty(fileno(to)))
        put_visible(to, text);
    else
        fputs(text, to);
}
