/* Names in the forms in which people write them, and profiles to fill: nothing here needs a server. */
#include "check.h"

static void parses(const char *text, const char *name, uint32_t index)
{
    char *out = NULL, *prefix = NULL, *suffix = NULL, *joined;
    uint32_t found = 77;

    CHECK_STATUS(B2H_OK, b2h_name_parse(text, &out, &prefix, &suffix, &found, &err));
    CHECK(strcmp(out, name) == 0 && found == index);
    joined = malloc(strlen(prefix) + strlen(suffix) + 2);
    CHECK(joined != NULL);
    sprintf(joined, "%s/%s", prefix, suffix);
    CHECK(strcmp(joined, name) == 0);
    CHECK(b2h_name_equal(text, name) == 1);
    free(joined);
    b2h_string_free(out);
    b2h_string_free(prefix);
    b2h_string_free(suffix);
    CHECK_STATUS(B2H_OK, b2h_name_parse(text, NULL, NULL, NULL, NULL, &err));
}

static void names(void)
{
    char *out = (char *)&err, *prefix = out;
    uint32_t index = 7;

    parses("21.T12345/a:b/c", "21.T12345/a:b/c", 0);
    parses("hdl:21.T12345/abc", "21.T12345/abc", 0);
    parses("info:hdl/21.T12345/abc", "21.T12345/abc", 0);
    parses("https://doi.org/10.1000/a%20b%2Fc", "10.1000/a b/c", 0);
    parses("300:21.T12345/USER01", "21.T12345/USER01", 300);
    CHECK_STATUS(B2H_INVALID_HANDLE, b2h_name_parse("no slash", &out, &prefix, NULL, &index, &err));
    CHECK(out == NULL && prefix == NULL && index == 0);

    CHECK(b2h_name_equal("21.t12345/ABC", "hdl:21.T12345/abc") == 1);
    CHECK(b2h_name_equal("21.T12345/abc", "21.T12345/abd") == 0);
    CHECK(b2h_name_equal(NULL, "21.T12345/abc") == 0 && b2h_name_equal("x", "x") == 0);

    CHECK_STATUS(B2H_OK, b2h_name_to_url("21.T12345/a b", NULL, &out, &err));
    CHECK(strcmp(out, "https://hdl.handle.net/21.T12345/a%20b") == 0);
    b2h_string_free(out);
    CHECK_STATUS(B2H_OK, b2h_name_to_url("hdl:21.T12345/a", "https://my.resolver/", &out, &err));
    CHECK(strcmp(out, "https://my.resolver/21.T12345/a") == 0);
    b2h_string_free(out);
}

static void profiles(const char *path)
{
    const char *names[] = {"URL", "FIO", "ANYTHING"};
    const char *values[] = {"http://x/", "21.T12345/fio", "x"};
    b2h_profile *profile = NULL;
    b2h_values *filled = NULL;
    size_t i, mandatory = 0;

    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_profile_built_in("eudat", &profile, &err));
    CHECK(profile == NULL);
    CHECK_STATUS(B2H_OK, b2h_profile_built_in("eudat-v1", &profile, &err));
    CHECK(strcmp(b2h_profile_name(profile), "eudat-v1") == 0);
    CHECK(strlen(b2h_profile_description(profile)) > 0);
    CHECK(b2h_profile_count(profile) == 8);
    for (i = 0; i < b2h_profile_count(profile); i++)
        if (b2h_profile_is_mandatory(profile, i)) {
            CHECK(strcmp(b2h_profile_placeholder(profile, i), "URL") == 0);
            mandatory++;
        }
    CHECK(mandatory == 1);
    CHECK(b2h_profile_placeholder(profile, i) == NULL && b2h_profile_is_mandatory(profile, i) == 0);

    CHECK_STATUS(B2H_OK, b2h_profile_fill(profile, names, values, 2, &filled, &err));
    CHECK(b2h_values_count(filled) == 3);
    b2h_profile_free(profile);
    b2h_values_free(filled);

    CHECK_STATUS(B2H_CONFIG_UNREADABLE, b2h_profile_load("/no/such/profile.json", &profile, &err));
    CHECK_STATUS(B2H_OK, b2h_profile_load(path, &profile, &err));
    CHECK(b2h_profile_fill(profile, names, values, 3, &filled, &err) == B2H_INVALID_ARGUMENT);
    CHECK(filled == NULL &&
          strstr(b2h_error_message(err), "Missing: OWN. Unknown: URL, FIO, ANYTHING") != NULL);
    b2h_error_free(err);
    err = NULL;
    b2h_profile_free(profile);
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    names();
    profiles(argv[1]);
    return 0;
}
