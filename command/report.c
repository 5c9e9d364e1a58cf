#include "report.h"
#include "json.h"
#include "progress.h"
#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PROBE_UNKNOWN = 3 };

struct failure {
    b2h_status status;
    int32_t http_status, response_code, retryable, in_doubt;
    const char *handle, *message;
};

static void complain(const char *kind, const char *message)
{
    progress_clear();
    fputs("b2h: ", stderr);
    fputs(kind, stderr);
    put_visible(stderr, message);
    fputc('\n', stderr);
}

static void tell_json(const struct failure *failure, int status)
{
    json_open('{');
    if (failure->handle != NULL)
        json_member("handle", failure->handle);
    json_key("error");
    json_open('{');
    json_key("status");
    json_number(failure->status);
    json_member("name", b2h_status_str(failure->status));
    json_key("exit");
    json_number(status);
    json_member("message", failure->message);
    json_key("http_status");
    json_number(failure->http_status);
    json_key("response_code");
    json_number(failure->response_code);
    json_key("retryable");
    json_bool(failure->retryable);
    json_key("in_doubt");
    json_bool(failure->in_doubt);
    json_close('}');
    json_end();
}

static int tell(const struct options *options, const struct failure *failure)
{
    int status = options->is_probe ? PROBE_UNKNOWN : exit_for(failure->status, failure->in_doubt);

    complain("", failure->message);
    if (options->json) {
        tell_json(failure, status);
    } else if (options->is_probe) {
        /* Monitors show standard output. */
        fputs("UNKNOWN - ", stdout);
        put_visible(stdout, failure->message);
        putchar('\n');
    }
    return status;
}

int fail(const struct options *options, const char *handle, b2h_error *error)
{
    struct failure failure = {
        b2h_error_status(error),        b2h_error_http_status(error),
        b2h_error_response_code(error), b2h_error_retryable(error),
        b2h_error_in_doubt(error),      handle != NULL ? handle : b2h_error_handle(error),
        b2h_error_message(error)};
    int status = tell(options, &failure);

    b2h_error_free(error);
    return status;
}

int fail_with(const struct options *options, const char *handle, b2h_status status, const char *format, ...)
{
    struct failure failure = {status, 0, 0, 0, 0, handle, NULL};
    char message[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    failure.message = message;
    return tell(options, &failure);
}

int wrong_usage(const struct options *options, const char *format, ...)
{
    char what[512], message[600];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    snprintf(message, sizeof message, "%s; see b2h --help, or b2h SUBCOMMAND --help", what);
    return fail_with(options, NULL, B2H_INVALID_ARGUMENT, "%s", message);
}

void succeed(const struct options *options, const char *handle, const char *result)
{
    if (options->json) {
        json_open('{');
        json_member("handle", handle);
        json_member("result", result);
        json_end();
    } else if (!options->quiet) {
        put_visible(stdout, handle);
        printf(": %s\n", result);
    }
}

void succeed_count(const struct options *options, const char *handle, const char *result, size_t count,
                   const char *thing)
{
    if (options->json) {
        json_open('{');
        json_member("handle", handle);
        json_member("result", result);
        json_key("count");
        json_number((int64_t)count);
        json_end();
    } else if (!options->quiet) {
        put_visible(stdout, handle);
        printf(": %zu %s%s %s\n", count, thing, count == 1 ? "" : "s", result);
    }
}

void hear(int32_t level, const char *message, void *user_data)
{
    static const char *const kinds[] = {"error: ", "warning: ", "info: ", "debug: "};

    (void)user_data;
    if (level >= B2H_LOG_ERROR && level <= B2H_LOG_DEBUG)
        complain(kinds[level - B2H_LOG_ERROR], message);
}

int flush_output(void)
{
    static int is_told;
    int failed;

    if (isatty(STDOUT_FILENO))
        progress_clear();
    failed = fflush(stdout) != 0;
    if (!failed && !ferror(stdout))
        return DONE;
    if (!is_told) {
        char message[256];

        /* Where it failed before, stdio has thrown the reason away. */
        snprintf(message, sizeof message, "Standard output cannot be written%s%s.", failed ? ": " : "",
                 failed ? strerror(errno) : "");
        complain("", message);
    }
    is_told = 1;
    return FAILED;
}
