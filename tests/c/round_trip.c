/*
 * Names and values with everything that has a meaning to URLs, JSON, or nobody, come back as they went. Every
 * Handle has a neighbour that no operation on it may touch.
 */
#include "check.h"

static const char *const SUFFIXES[] = {
    "plain",
    "with space",
    "hash#tag",
    "question?mark=1&more",
    "percent%20literal",
    "percent%",
    "plus+sign",
    "semicolon;x=y",
    "several/slashes/deep",
    "double//slash",
    "trailing/",
    "/leading",
    "colon:and=equals",
    "back\\slash",
    "quote\"'apostrophe",
    "<angle>&amp;",
    "{brace}[bracket]|pipe^caret`tick",
    "tilde~dot.dash-under_",
    "\xc3\xbcml\xc3\xa4ut",
    "\xe2\x82\xac\xe4\xb8\xad\xe6\x96\x87",
    "\xf0\x9f\x94\x97",
    "..",
    ".",
    "a/../b",
    "a/./b",
    "%2e%2e/b",
    "..%2Fb",
    "...",
};

static const char *const VALUES[] = {
    "http://www.example.org/",
    "",
    " ",
    "\xc3\xa4\xc3\xb6\xc3\xbc \xe2\x82\xac \xf0\x9f\x94\x97",
    "\"quoted\" 'single' \\backslash\\",
    "line one\nline two\r\n\ttabbed",
    "{\"json\": [1, 2]}",
    "<xml attribute=\"&amp;\"/>",
    "control \x01\x1b\x7f characters",
    "1011",
    "true",
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void value_is(b2h_client *client, const char *handle, const char *type, const char *expected)
{
    char *value = NULL;
    CHECK_STATUS(B2H_OK, b2h_get_value(client, handle, type, NULL, &value, &err));
    if (strcmp(value, expected) != 0) {
        fprintf(stderr, "%s %s: expected \"%s\", got \"%s\"\n", handle, type, expected, value);
        exit(1);
    }
    b2h_string_free(value);
}

int main(int argc, char **argv)
{
    static const char NEIGHBOUR[] = "http://www.example.org/neighbour";
    /* What the names above would reach if somebody resolved their dots, or decoded them once more. */
    static const char *const NEIGHBOURS[] = {"21.T12345/b", "21.T12345/a/b", "21.T12345/percent literal"};
    b2h_client *client;
    char handle[256];
    size_t i, j;

    CHECK(argc == 2);
    client = client_from(argv[1]);
    for (i = 0; i < COUNT(NEIGHBOURS); i++)
        CHECK_STATUS(B2H_OK, b2h_register_handle(client, NEIGHBOURS[i], NEIGHBOUR, NULL, NULL, &err));

    for (i = 0; i < COUNT(SUFFIXES); i++) {
        char *registered = NULL;
        snprintf(handle, sizeof handle, "21.T12345/%s", SUFFIXES[i]);
        CHECK_STATUS(B2H_OK, b2h_register_handle(client, handle, "http://x/", NULL, &registered, &err));
        CHECK(strcmp(registered, handle) == 0);
        b2h_string_free(registered);
        CHECK_STATUS(B2H_HANDLE_EXISTS, b2h_register_handle(client, handle, "http://y/", NULL, NULL, &err));
        value_is(client, handle, "URL", "http://x/");
        for (j = 0; j < COUNT(VALUES); j++) {
            CHECK_STATUS(B2H_OK, b2h_modify_value(client, handle, "URL", VALUES[j], NULL, &err));
            value_is(client, handle, "url", VALUES[j]);
        }
        CHECK_STATUS(B2H_OK, b2h_modify_value(client, handle, "10320/LOC \xc3\xbc&+=#", "new", NULL, &err));
        value_is(client, handle, "10320/LOC \xc3\xbc&+=#", "new");
        CHECK_STATUS(B2H_OK, b2h_delete_handle(client, handle, NULL, &err));
        CHECK_STATUS(B2H_HANDLE_NOT_FOUND, b2h_delete_handle(client, handle, NULL, &err));
    }

    for (i = 0; i < COUNT(NEIGHBOURS); i++) {
        value_is(client, NEIGHBOURS[i], "URL", NEIGHBOUR);
        CHECK_STATUS(B2H_OK, b2h_delete_handle(client, NEIGHBOURS[i], NULL, &err));
    }
    b2h_client_free(client);
    printf("%zu names, %zu values\n", COUNT(SUFFIXES), COUNT(VALUES));
    return 0;
}
