/*
 * Looks for secrets in this process's own memory: while a client is there, and after it was freed.
 *
 *     secrets CREDENTIALS NEEDLES HANDLE
 *
 * NEEDLES is a file with a line per secret, a name and the bytes in hexadecimal, each inverted: so that they
 * are not in memory because of this program. Prints "while NAME" and "after NAME" for each secret that was
 * found.
 */
#include "check.h"

#include <stdint.h>

#define MOST 32

struct needle {
    char name[64];
    uint8_t inverted[512];
    size_t length;
};

static struct needle needles[MOST];
static size_t needle_count;

static void read_needles(const char *path)
{
    FILE *file = fopen(path, "r");
    char hex[1100];

    CHECK(file != NULL);
    while (needle_count < MOST && fscanf(file, "%63s %1099s", needles[needle_count].name, hex) == 2) {
        struct needle *needle = &needles[needle_count++];
        size_t i;
        for (i = 0; hex[2 * i] != '\0' && i < sizeof needle->inverted; i++) {
            unsigned byte;
            CHECK(sscanf(&hex[2 * i], "%2x", &byte) == 1);
            needle->inverted[i] = (uint8_t)byte;
        }
        needle->length = i;
        CHECK(i >= 8);
    }
    fclose(file);
    CHECK(needle_count > 0);
}

static int is_at(const struct needle *needle, const volatile uint8_t *at)
{
    size_t i;
    for (i = 0; i < needle->length; i++)
        if ((at[i] ^ needle->inverted[i]) != 0xff)
            return 0;
    return 1;
}

/* Reading memory that another tool watches over is the purpose here. */
__attribute__((no_sanitize("address"))) static void search(const char *when)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];

    CHECK(maps != NULL);
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long start, end;
        char access[5];
        size_t n;

        if (sscanf(line, "%lx-%lx %4s", &start, &end, access) != 3 || access[0] != 'r' || access[1] != 'w')
            continue;
        for (n = 0; n < needle_count; n++) {
            const struct needle *needle = &needles[n];
            const volatile uint8_t *at = (const volatile uint8_t *)start; /* NOLINT */
            const volatile uint8_t *last = (const volatile uint8_t *)(end - needle->length);
            for (; at <= last; at++)
                if ((*at ^ needle->inverted[0]) == 0xff && is_at(needle, at)) {
                    printf("%s %s\n", when, needle->name);
                    break;
                }
        }
    }
    fclose(maps);
}

int main(int argc, char **argv)
{
    b2h_client *client;
    char *value = NULL;

    CHECK(argc == 4);
    read_needles(argv[2]);
    client = client_from(argv[1]);
    /* Whether it succeeds is of no importance: errors hold no secrets either. */
    b2h_register_handle(client, argv[3], "http://x/", NULL, NULL, &err);
    b2h_error_free(err);
    err = NULL;
    b2h_get_value(client, argv[3], "URL", NULL, &value, &err);
    b2h_error_free(err);
    err = NULL;
    b2h_string_free(value);
    search("while");
    b2h_client_free(client);
    search("after");
    return 0;
}
