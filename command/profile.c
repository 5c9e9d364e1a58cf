#include "profile.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static b2h_status read_profile(const char *name, b2h_profile **out, b2h_error **error)
{
    size_t length = strlen(name);
    int is_file = strchr(name, '/') != NULL || (length > 5 && strcmp(name + length - 5, ".json") == 0);

    return is_file ? b2h_profile_load(name, out, error) : b2h_profile_built_in(name, out, error);
}

static int has_placeholder(const b2h_profile *profile, const char *name)
{
    size_t nth;

    for (nth = 0; nth < b2h_profile_count(profile); nth++)
        if (strcmp(b2h_profile_placeholder(profile, nth), name) == 0)
            return 1;
    return 0;
}

/* The placeholder for the URL; NULL where there is none. The second name is that of PID Kernel Information.
 */
static const char *place_of_url(const b2h_profile *profile)
{
    static const char *const names[] = {"URL", "digitalObjectLocation"};
    size_t at;

    for (at = 0; at < sizeof names / sizeof *names; at++)
        if (has_placeholder(profile, names[at]))
            return names[at];
    return NULL;
}

static int no_place(const struct options *options, const b2h_profile *profile)
{
    char *names = NULL;
    size_t length, nth;
    FILE *to = open_memstream(&names, &length);
    int status;

    for (nth = 0; to != NULL && nth < b2h_profile_count(profile); nth++)
        fprintf(to, "%s%s", nth > 0 ? ", " : "", b2h_profile_placeholder(profile, nth));
    if (to != NULL)
        fclose(to);
    status = wrong_usage(options, "the profile %s has no place for a URL; its placeholders are: %s",
                         options->profile, names != NULL && *names != '\0' ? names : "none");
    free(names);
    return status;
}

/* Appends the URL to what is given. Returns 0, or the exit status after a failure, which is told. */
static int place_url(const struct options *options, const b2h_profile *profile, const char *url,
                     struct assignments *given)
{
    const char *name = place_of_url(profile);
    size_t at;

    if (name == NULL)
        return no_place(options, profile);
    for (at = 0; at < given->count; at++)
        if (strcmp(given->names[at], name) == 0)
            return wrong_usage(options, "%s=%s is a second URL beside %s", name, given->values[at], url);
    given->names[given->count] = strdup(name);
    if (given->names[given->count] == NULL)
        return fail_with(options, NULL, B2H_NO_RESOURCES, "There is no memory left.");
    given->values[given->count++] = url;
    return DONE;
}

int profile_values(const struct options *options, const char *handle, const char *url,
                   struct assignments *given, b2h_values **out)
{
    b2h_profile *profile = NULL;
    b2h_error *error = NULL;
    int status = DONE;

    if (read_profile(options->profile, &profile, &error) != B2H_OK)
        return fail(options, handle, error);
    if (url != NULL)
        status = place_url(options, profile, url, given);
    if (status == DONE && b2h_profile_fill(profile, (const char *const *)given->names, given->values,
                                           given->count, out, &error) != B2H_OK)
        status = fail(options, handle, error);
    b2h_profile_free(profile);
    return status;
}
