/* b2h check: as a monitor's probe. Its exit statuses are those of monitoring plugins. */
#include "json.h"
#include "report.h"
#include "subcommands.h"
#include "text.h"

#include <stdio.h>

/* OK where all is good, WARNING where something could not be found out, CRITICAL where work will fail. */
enum { PROBE_OK, PROBE_WARNING, PROBE_CRITICAL };
static const char *const states[] = {"OK", "WARNING", "CRITICAL"};

static const char *verdict_name(int32_t verdict)
{
    switch (verdict) {
    case B2H_CHECK_GOOD:
        return "good";
    case B2H_CHECK_BAD:
        return "bad";
    case B2H_CHECK_NOT_CONFIGURED:
        return "not configured";
    default:
        return "unknown";
    }
}

static int state_of(int32_t verdict)
{
    if (verdict == B2H_CHECK_BAD)
        return PROBE_CRITICAL;
    return verdict == B2H_CHECK_GOOD || verdict == B2H_CHECK_NOT_CONFIGURED ? PROBE_OK : PROBE_WARNING;
}

static void show_json(const b2h_check *check, int state)
{
    size_t at;

    json_open('{');
    json_member("state", states[state]);
    json_key("findings");
    json_open('[');
    for (at = 0; at < b2h_check_count(check); at++) {
        json_open('{');
        json_member("subject", b2h_check_subject(check, at));
        json_member("verdict", verdict_name(b2h_check_verdict(check, at)));
        json_member("message", b2h_check_message(check, at));
        json_close('}');
    }
    json_close(']');
    json_end();
}

/* The first line is what monitors show: the first finding that makes the state what it is. */
static void show(const b2h_check *check, int state, int quiet)
{
    size_t at = 0;

    while (at < b2h_check_count(check) && state_of(b2h_check_verdict(check, at)) != state)
        at++;
    printf("%s - ", states[state]);
    if (state != PROBE_OK && b2h_check_subject(check, at) != NULL)
        printf("%s: ", b2h_check_subject(check, at));
    put_visible(stdout, state == PROBE_OK ? "all that is configured works" : b2h_check_message(check, at));
    putchar('\n');
    for (at = 0; !quiet && at < b2h_check_count(check); at++) {
        printf("%s: %s: ", b2h_check_subject(check, at), verdict_name(b2h_check_verdict(check, at)));
        put_visible(stdout, b2h_check_message(check, at));
        putchar('\n');
    }
}

int run_check(struct session *session, int argc, char **argv)
{
    b2h_check *check = NULL;
    b2h_error *error = NULL;
    int state = PROBE_OK;
    size_t at;

    if (argc > 0)
        return wrong_usage(session->options, "check takes no operand such as %s", argv[0]);
    if (b2h_client_check(session->client, &session->call, &check, &error) != B2H_OK)
        return fail(session->options, NULL, error);
    for (at = 0; at < b2h_check_count(check); at++) {
        int one = state_of(b2h_check_verdict(check, at));

        state = one > state ? one : state;
    }
    if (session->options->json)
        show_json(check, state);
    else
        show(check, state, session->options->quiet);
    b2h_check_free(check);
    return state;
}
