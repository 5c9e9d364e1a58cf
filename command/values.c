#include "values.h"
#include "input.h"
#include "profile.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The content of --values. */
static char *json;

int values_load(const struct options *options, int is_list)
{
    int status = DONE;

    if (options->values == NULL)
        return DONE;
    if (is_list && strcmp(options->values, "-") == 0)
        return wrong_usage(options, "standard input cannot hold Handles and values at once");
    json = read_file(options, options->values, &status);
    return status;
}

void values_unload(void)
{
    free(json);
    json = NULL;
}

int is_url(const char *operand)
{
    return operand[strcspn(operand, ":=")] != '=';
}

/* The beginning of a URL is no type. */
static int is_assignment(const char *operand)
{
    const char *equals = strchr(operand, '='), *scheme = strstr(operand, "://");

    return equals != NULL && equals != operand && (scheme == NULL || scheme > equals);
}

void assignments_free(struct assignments *assignments)
{
    size_t at;

    for (at = 0; at < assignments->count; at++)
        free(assignments->names[at]);
    free(assignments->names);
    free(assignments->values);
    memset(assignments, 0, sizeof *assignments);
}

int assignments_read(const struct options *options, int argc, char **argv, struct assignments *out)
{
    size_t room = (size_t)argc + 1; /* for one more, and never none */
    int at;

    out->count = 0;
    out->names = calloc(room, sizeof *out->names);
    out->values = calloc(room, sizeof *out->values);
    for (at = 0; at < argc; at++) {
        if (!is_assignment(argv[at])) {
            assignments_free(out);
            return wrong_usage(options, "TYPE=VALUE is expected instead of %s", argv[at]);
        }
        if (out->names == NULL || out->values == NULL)
            break;
        size_t length = (size_t)(strchr(argv[at], '=') - argv[at]);

        out->names[out->count] = strndup(argv[at], length);
        out->values[out->count] = argv[at] + length + 1;
        if (out->names[out->count] == NULL)
            break;
        out->count++;
    }
    if (at == argc && out->names != NULL && out->values != NULL)
        return DONE;
    assignments_free(out);
    return fail_with(options, NULL, B2H_NO_RESOURCES, "There is no memory left.");
}

static b2h_status add(const char *url, const struct assignments *given, b2h_values **out, b2h_error **error)
{
    b2h_status status = b2h_values_new(out, error);
    size_t at;

    if (status == B2H_OK && url != NULL)
        status = b2h_values_add_text(*out, 0, "URL", url, error);
    for (at = 0; at < given->count && status == B2H_OK; at++)
        status = b2h_values_add_text(*out, 0, given->names[at], given->values[at], error);
    return status;
}

/* Servers ignore the case of types. */
static const char *url_in(const struct assignments *given)
{
    size_t at;

    for (at = 0; at < given->count; at++)
        if (strcasecmp(given->names[at], "URL") == 0)
            return given->values[at];
    return NULL;
}

/* Arguments can be seen by everybody on the machine. */
static int has_secret(const struct assignments *given)
{
    size_t at;

    for (at = 0; at < given->count; at++)
        if (strcasecmp(given->names[at], "HS_SECKEY") == 0)
            return 1;
    return 0;
}

b2h_values *values_for(const struct options *options, const char *handle, const char *url, int argc,
                       char **argv, int *status)
{
    struct assignments given;
    b2h_values *values = NULL;
    b2h_error *error = NULL;
    const char *second;

    *status = assignments_read(options, argc, argv, &given);
    if (*status != DONE)
        return NULL;
    if (has_secret(&given)) {
        assignments_free(&given);
        *status = wrong_usage(
            options, "a secret is no argument, which others can see: write it to a file for --values");
        return NULL;
    }
    if (url != NULL && options->profile == NULL && (second = url_in(&given)) != NULL)
        *status = wrong_usage(options, "URL=%s is a second URL beside %s", second, url);
    else if (options->profile != NULL)
        *status = profile_values(options, handle, url, &given, &values);
    else if (add(url, &given, &values, &error) != B2H_OK)
        *status = fail(options, handle, error);
    assignments_free(&given);
    if (*status == DONE && json != NULL && b2h_values_add_json(values, json, &error) != B2H_OK)
        *status = fail(options, handle, error);
    if (*status == DONE)
        return values;
    b2h_values_free(values);
    return NULL;
}
