/*
 * A client that does what it reads: one command per line of standard input, one line of output for each.
 *
 *     dialog CREDENTIALS [LEVEL]    with a level, the log goes to standard error
 *
 *     register HANDLE URL | get HANDLE TYPE | peek HANDLE TYPE (authenticated) | delete HANDLE
 *     exists HANDLE | set HANDLE TYPE TEXT | remove HANDLE TYPE | json HANDLE VALUE (registers one)
 *     overwrite HANDLE URL
 *     timeout MS          for the commands that follow
 *     stats               requests retries connections reconnects logins doubts sent received
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

static void hear(int32_t level, const char *message, void *user_data)
{
    (void)user_data;
    fprintf(stderr, "%d %s\n", (int)level, message);
}

static b2h_client *client_with_log(const char *path, int32_t level)
{
    b2h_config *config = NULL;
    b2h_client *made = NULL;

    CHECK_STATUS(B2H_OK, b2h_config_new(&config, &err));
    CHECK_STATUS(B2H_OK, b2h_config_load(config, path, &err));
    CHECK_STATUS(B2H_OK, b2h_config_set_log(config, level, hear, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &made, &err));
    b2h_config_free(config);
    return made;
}

static b2h_status register_json(const char *handle, const char *json, const b2h_call_options *options,
                                b2h_error **error)
{
    b2h_values *values = NULL;
    b2h_status status;

    CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_json(values, json, &err));
    status = b2h_register_values(client, handle, values, options, NULL, error);
    b2h_values_free(values);
    return status;
}

static void say_stats(void)
{
    char text[256];
    b2h_stats stats = B2H_STATS_INIT;

    CHECK_STATUS(B2H_OK, b2h_client_stats(client, &stats, &err));
    snprintf(text, sizeof text, "%llu %llu %llu %llu %llu %llu %llu %llu", (unsigned long long)stats.requests,
             (unsigned long long)stats.retries, (unsigned long long)stats.connections,
             (unsigned long long)stats.reconnects, (unsigned long long)stats.logins,
             (unsigned long long)stats.doubts, (unsigned long long)stats.bytes_sent,
             (unsigned long long)stats.bytes_received);
    say(B2H_OK, NULL, text);
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
    char line[4096];
    uint32_t timeout = 0;

    CHECK(argc == 2 || argc == 3);
    client = argc == 2 ? client_from(argv[1]) : client_with_log(argv[1], atoi(argv[2]));
    while (fgets(line, sizeof line, stdin) != NULL) {
        b2h_call_options options = B2H_CALL_OPTIONS_INIT;
        b2h_error *error = NULL;
        b2h_status status;
        char *out = NULL, *word, *first, *second, *third;

        line[strcspn(line, "\n")] = '\0';
        word = strtok(line, " ");
        first = strtok(NULL, " ");
        second = strtok(NULL, " ");
        third = strtok(NULL, " ");
        options.timeout_ms = timeout;
        if (strcmp(word, "free") == 0) {
            break;
        } else if (strcmp(word, "register") == 0 || strcmp(word, "overwrite") == 0) {
            if (word[0] == 'o')
                options.flags |= B2H_OVERWRITE;
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
        } else if (strcmp(word, "exists") == 0) {
            int32_t exists;
            status = b2h_handle_exists(client, first, &options, &exists, &error);
            say(status, error, exists ? "yes" : "no");
        } else if (strcmp(word, "set") == 0) {
            status = b2h_modify_value(client, first, second, third, &options, &error);
            say(status, error, NULL);
        } else if (strcmp(word, "remove") == 0) {
            const char *type = second;
            status = b2h_delete_values(client, first, &type, 1, &options, NULL, &error);
            say(status, error, NULL);
        } else if (strcmp(word, "json") == 0) {
            status = register_json(first, second, &options, &error);
            say(status, error, NULL);
        } else if (strcmp(word, "timeout") == 0) {
            timeout = (uint32_t)atoi(first);
            say(B2H_OK, NULL, NULL);
        } else if (strcmp(word, "stats") == 0) {
            say_stats();
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
