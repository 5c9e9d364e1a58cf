/* b2h loc: the locations of a Handle (10320/LOC). */
#include "input.h"
#include "json.h"
#include "report.h"
#include "subcommands.h"
#include "text.h"
#include "values.h"

#include <stdio.h>
#include <string.h>

static void show_json(const char *handle, const b2h_locations *locations)
{
    size_t nth, place;

    json_open('{');
    json_member("handle", handle);
    json_member("chooseby", b2h_locations_chooseby(locations));
    json_key("locations");
    json_open('[');
    for (nth = 0; nth < b2h_locations_count(locations); nth++) {
        json_open('{');
        for (place = 0; place < b2h_locations_attribute_count(locations, nth); place++)
            json_member(b2h_locations_attribute_name(locations, nth, place),
                        b2h_locations_attribute_value(locations, nth, place));
        json_close('}');
    }
    json_close(']');
    json_end();
}

static void show_attributes(const b2h_locations *locations, size_t nth)
{
    size_t place;

    for (place = 0; place < b2h_locations_attribute_count(locations, nth); place++) {
        const char *name = b2h_locations_attribute_name(locations, nth, place);

        if (strcmp(name, "href") == 0)
            continue;
        fputs("  ", stdout);
        put_visible(stdout, name);
        putchar('=');
        put_visible(stdout, b2h_locations_attribute_value(locations, nth, place));
    }
}

static void show(const char *handle, const b2h_locations *locations, int quiet)
{
    size_t nth;

    if (!quiet) {
        put_visible(stdout, handle);
        if (b2h_locations_chooseby(locations) != NULL) {
            fputs("  chooseby=", stdout);
            put_visible(stdout, b2h_locations_chooseby(locations));
        }
        putchar('\n');
    }
    for (nth = 0; nth < b2h_locations_count(locations); nth++) {
        const char *url = b2h_locations_url(locations, nth);

        if (quiet && url == NULL)
            continue;
        fputs(quiet ? "" : "  ", stdout);
        put_visible(stdout, url != NULL ? url : "(without URL)");
        if (!quiet)
            show_attributes(locations, nth);
        putchar('\n');
    }
}

static int list(struct session *session, int argc, char **argv)
{
    b2h_locations *locations = NULL;
    b2h_error *error = NULL;

    if (argc > 1)
        return wrong_usage(session->options, "loc list takes one Handle");
    if (b2h_get_locations(session->client, argv[0], &session->call, &locations, &error) != B2H_OK)
        return fail(session->options, argv[0], error);
    if (session->options->json)
        show_json(argv[0], locations);
    else
        show(argv[0], locations, session->options->quiet);
    b2h_locations_free(locations);
    return DONE;
}

/* The first operand that is no URL, or NULL. */
static const char *not_url(int argc, char **argv)
{
    int at;

    for (at = 0; at < argc; at++)
        if (!is_url(argv[at]))
            return argv[at];
    return NULL;
}

static int has(struct session *session, int argc, char **argv)
{
    b2h_error *error = NULL;
    int32_t found = 0;

    if (argc != 2)
        return wrong_usage(session->options, "loc has takes a Handle and a URL");
    if (not_url(argc - 1, argv + 1) != NULL)
        return wrong_usage(session->options, "a URL is expected instead of %s", not_url(argc - 1, argv + 1));
    if (b2h_has_location(session->client, argv[0], argv[1], &session->call, &found, &error) != B2H_OK)
        return fail(session->options, argv[0], error);
    if (!found)
        return fail_with(session->options, argv[0], B2H_VALUE_NOT_FOUND, "%s has no location %s.", argv[0],
                         argv[1]);
    succeed(session->options, argv[0], "has this location");
    return DONE;
}

/* HANDLE URL ... [NAME=VALUE ...] */
static int add(struct session *session, int argc, char **argv)
{
    const struct options *options = session->options;
    struct assignments attributes;
    b2h_error *error = NULL;
    int urls = 0, status;

    while (1 + urls < argc && is_url(argv[1 + urls]))
        urls++;
    if (urls == 0)
        return wrong_usage(options, "loc add takes a Handle, URLs, and then maybe NAME=VALUE");
    status = assignments_read(options, argc - 1 - urls, argv + 1 + urls, &attributes);
    if (status != DONE)
        return status;
    if (b2h_add_locations(session->client, argv[0], (const char *const *)&argv[1], (size_t)urls,
                          (const char *const *)attributes.names, attributes.values, attributes.count,
                          &session->call, &error) == B2H_OK)
        succeed(options, argv[0], "locations added");
    else
        status = fail(options, argv[0], error);
    assignments_free(&attributes);
    return status;
}

static int exchange(struct session *session, int argc, char **argv)
{
    b2h_error *error = NULL;

    if (argc != 3)
        return wrong_usage(session->options, "loc exchange takes a Handle, the old URL and the new one");
    if (not_url(argc - 1, argv + 1) != NULL)
        return wrong_usage(session->options, "a URL is expected instead of %s", not_url(argc - 1, argv + 1));
    if (b2h_exchange_location(session->client, argv[0], argv[1], argv[2], &session->call, &error) != B2H_OK)
        return fail(session->options, argv[0], error);
    succeed(session->options, argv[0], "location exchanged");
    return DONE;
}

static int remove_them(struct session *session, int argc, char **argv)
{
    b2h_error *error = NULL;
    size_t count = 0;

    if (argc < 2)
        return wrong_usage(session->options, "loc remove takes a Handle and URLs");
    if (not_url(argc - 1, argv + 1) != NULL)
        return wrong_usage(session->options, "a URL is expected instead of %s", not_url(argc - 1, argv + 1));
    if (b2h_remove_locations(session->client, argv[0], (const char *const *)&argv[1], (size_t)argc - 1,
                             &session->call, &count, &error) != B2H_OK)
        return fail(session->options, argv[0], error);
    succeed_count(session->options, argv[0], "removed", count, "location");
    return DONE;
}

int run_loc(struct session *session, int argc, char **argv)
{
    static const struct {
        const char *name;
        handle_action action;
    } actions[] = {
        {"list", list}, {"has", has}, {"add", add}, {"exchange", exchange}, {"remove", remove_them},
    };
    size_t at;

    for (at = 0; argc > 0 && at < sizeof actions / sizeof *actions; at++)
        if (strcmp(argv[0], actions[at].name) == 0)
            return for_each_handle(session, argc - 1, argv + 1, actions[at].action);
    return wrong_usage(session->options, "loc takes list, has, add, exchange or remove first");
}
