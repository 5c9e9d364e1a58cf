/*
 * Ending calls: from another thread, from a signal handler, beforehand, and not from a child.
 *
 *     cancel STALLING WORKING
 *
 * Credentials of a server that never answers, and of one that does.
 */
#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static b2h_cancel *token;

static b2h_cancel *new_token(void)
{
    b2h_cancel *made = NULL;
    CHECK_STATUS(B2H_OK, b2h_cancel_new(&made, &err));
    CHECK(b2h_cancel_is_triggered(made) == 0);
    return made;
}

static void *trigger_later(void *unused)
{
    (void)unused;
    usleep(200 * 1000);
    b2h_cancel_trigger(token);
    return NULL;
}

static void on_alarm(int signal)
{
    (void)signal;
    b2h_cancel_trigger(token);
}

static b2h_call_options with_token(void)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    options.cancel = token;
    return options;
}

static void is_cancelled(b2h_status status, int in_doubt)
{
    CHECK(status == B2H_CANCELLED);
    CHECK(b2h_error_in_doubt(err) == in_doubt);
    b2h_error_free(err);
    err = NULL;
}

int main(int argc, char **argv)
{
    b2h_client *stalling, *working;
    b2h_call_options options;
    struct itimerval soon = {{0, 0}, {0, 200 * 1000}};
    struct sigaction action = {0};
    pthread_t thread;
    char *value = NULL;
    pid_t child;
    int status, write;

    CHECK(argc == 3);
    stalling = client_from(argv[1]);
    working = client_from(argv[2]);

    for (write = 0; write < 2; write++) {
        token = new_token();
        options = with_token();
        CHECK(pthread_create(&thread, NULL, trigger_later, NULL) == 0);
        if (write)
            is_cancelled(b2h_register_handle(stalling, "21.T12345/X", "http://x/", &options, NULL, &err), 1);
        else
            is_cancelled(b2h_get_value(stalling, "21.T12345/X", "URL", &options, &value, &err), 0);
        pthread_join(thread, NULL);
        /* A token that was triggered ends calls before anything is sent. */
        is_cancelled(b2h_register_handle(working, "21.T12345/NEVER", "http://x/", &options, NULL, &err), 0);
        b2h_cancel_free(token);
    }

    action.sa_handler = on_alarm;
    CHECK(sigaction(SIGALRM, &action, NULL) == 0);
    token = new_token();
    options = with_token();
    CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
    is_cancelled(b2h_get_value(stalling, "21.T12345/X", "URL", &options, &value, &err), 0);
    CHECK(b2h_cancel_is_triggered(token) == 1);
    b2h_cancel_free(token);

    /* A child ends its own calls, and leaves those of its parent alone. */
    token = new_token();
    options = with_token();
    child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        b2h_cancel_trigger(token);
        is_cancelled(b2h_get_value(working, "21.T12345/EXAMPLE", "URL", &options, &value, &err), 0);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(b2h_cancel_is_triggered(token) == 0);
    CHECK_STATUS(B2H_OK, b2h_get_value(working, "21.T12345/EXAMPLE", "URL", &options, &value, &err));
    b2h_string_free(value);

    /* In a child, a trigger also ends a call that waits. */
    child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        CHECK(pthread_create(&thread, NULL, trigger_later, NULL) == 0);
        is_cancelled(b2h_get_value(stalling, "21.T12345/X", "URL", &options, &value, &err), 0);
        CHECK(pthread_join(thread, NULL) == 0);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);

    b2h_cancel_free(token);
    b2h_client_free(stalling);
    b2h_client_free(working);
    return 0;
}
