/*
 * A client that does what it reads: one command per line of standard input, one line of output for each.
 *
 *     dialog CREDENTIALS
 *
 *     register HANDLE URL | get HANDLE TYPE | peek HANDLE TYPE (authenticated) | delete HANDLE
 *     fork HANDLE         a child registers a Handle, frees the client, and ends
 *     threads N PREFIX    N threads register a Handle each, at the same time
 *     free                frees the client, and ends
 */
#include "check.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static b2h_client *client;

static void say(b2h_status status, b2h_error *error, const char *out)
{
    if (status == B2H_OK)
        printf("0 %s\n", out != NULL ? out : "");
    else
        printf("%d doubt=%d %s\n", status, b2h_error_in_doubt(error), b2h_error_message(error));
    fflush(stdout);
    b2h_error_free(error);
}

static void fork_and_register(const char *handle)
{
    int status;
    pid_t child = fork();

    CHECK(child >= 0);
    if (child == 0) {
        CHECK_STATUS(B2H_OK, b2h_register_handle(client, handle, "http://x/", NULL, NULL, &err));
        b2h_client_free(client);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    say(WIFEXITED(status) && WEXITSTATUS(status) == 0 ? B2H_OK : B2H_INTERNAL, NULL, NULL);
}

static pthread_barrier_t together;

static void *register_one(void *handle)
{
    b2h_error *error = NULL;
    b2h_status status;

    pthread_barrier_wait(&together);
    status = b2h_register_handle(client, handle, "http://x/", NULL, NULL, &error);
    b2h_error_free(error);
    free(handle);
    return status == B2H_OK ? NULL : (void *)&together;
}

static void register_with_threads(unsigned count, const char *prefix)
{
    pthread_t threads[64];
    char message[32];
    unsigned i, failures = 0;

    CHECK(count <= 64);
    pthread_barrier_init(&together, NULL, count);
    for (i = 0; i < count; i++) {
        char *handle = malloc(strlen(prefix) + 16);
        CHECK(handle != NULL);
        sprintf(handle, "%s%u", prefix, i);
        CHECK(pthread_create(&threads[i], NULL, register_one, handle) == 0);
    }
    for (i = 0; i < count; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        failures += failed != NULL;
    }
    pthread_barrier_destroy(&together);
    snprintf(message, sizeof message, "failures=%u", failures);
    say(B2H_OK, NULL, message);
}

int main(int argc, char **argv)
{
    char line[1024];

    CHECK(argc == 2);
    client = client_from(argv[1]);
    while (fgets(line, sizeof line, stdin) != NULL) {
        b2h_call_options options = B2H_CALL_OPTIONS_INIT;
        b2h_error *error = NULL;
        b2h_status status;
        char *out = NULL, *word, *first, *second;

        line[strcspn(line, "\n")] = '\0';
        word = strtok(line, " ");
        first = strtok(NULL, " ");
        second = strtok(NULL, " ");
        if (strcmp(word, "free") == 0) {
            break;
        } else if (strcmp(word, "register") == 0) {
            status = b2h_register_handle(client, first, second, &options, NULL, &error);
            say(status, error, NULL);
        } else if (strcmp(word, "get") == 0 || strcmp(word, "peek") == 0) {
            if (word[0] == 'p')
                options.flags |= B2H_AUTHENTICATED;
            status = b2h_get_value(client, first, second, &options, &out, &error);
            say(status, error, out);
        } else if (strcmp(word, "delete") == 0) {
            status = b2h_delete_handle(client, first, &options, &error);
            say(status, error, NULL);
        } else if (strcmp(word, "fork") == 0) {
            fork_and_register(first);
        } else if (strcmp(word, "threads") == 0) {
            register_with_threads((unsigned)atoi(first), second);
        } else {
            CHECK(!"a known command");
        }
        b2h_string_free(out);
    }
    b2h_client_free(client);
    return 0;
}
