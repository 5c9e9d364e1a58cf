/*
 * Reads what was read before: each step that shall make a request, or none, asks the program that runs this
 * one, by a line: the number of requests that must have been made since the last.
 *
 *     cache CREDENTIALS
 */
#include "check.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#define HANDLE "21.T12345/CACHED"

static b2h_client *client;

static void made(int requests)
{
    char line[16];

    printf("%d\n", requests);
    fflush(stdout);
    CHECK(fgets(line, sizeof line, stdin) != NULL);
}

static void read_url(const char *handle, uint32_t flags, const char *expected)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    char *url = NULL;

    options.flags = flags;
    CHECK_STATUS(B2H_OK, b2h_get_value(client, handle, "URL", &options, &url, &err));
    if (strcmp(url, expected) != 0)
        fprintf(stderr, "%s instead of %s\n", url, expected);
    CHECK(strcmp(url, expected) == 0);
    b2h_string_free(url);
}

static size_t count_of(const char *const *types, size_t type_count)
{
    b2h_record *record = NULL;
    size_t count;

    if (type_count == 0)
        CHECK_STATUS(B2H_OK, b2h_get_record(client, HANDLE, NULL, &record, &err));
    else
        CHECK_STATUS(B2H_OK, b2h_get_values(client, HANDLE, types, type_count, NULL, 0, NULL, &record, &err));
    CHECK(strcmp(b2h_record_handle(record), HANDLE) == 0);
    count = b2h_record_count(record);
    b2h_record_free(record);
    return count;
}

static void *read_often(void *unused)
{
    int round;

    (void)unused;
    for (round = 0; round < 200; round++)
        read_url(HANDLE, 0, "http://x/3");
    return NULL;
}

static void in_threads(void)
{
    pthread_t threads[8];
    size_t i;

    for (i = 0; i < 8; i++)
        CHECK(pthread_create(&threads[i], NULL, read_often, NULL) == 0);
    for (i = 0; i < 8; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
}

static void in_a_child(void)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        read_url(HANDLE, 0, "http://x/3");
        read_url(HANDLE, 0, "http://x/3");
        b2h_client_free(client);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(int argc, char **argv)
{
    const char *const types[] = {"URL", "T"};
    int32_t exists = 0;
    char *text = NULL;

    CHECK(argc == 2);
    client = client_from(argv[1]);
    CHECK_STATUS(B2H_OK, b2h_register_handle(client, HANDLE, "http://x/1", NULL, NULL, &err));
    made(1);
    read_url(HANDLE, 0, "http://x/1");
    made(1);
    read_url(HANDLE, 0, "http://x/1");
    /* Servers ignore upper and lower case of names. */
    read_url("21.t12345/cached", 0, "http://x/1");
    CHECK_STATUS(B2H_OK, b2h_handle_exists(client, HANDLE, NULL, &exists, &err));
    CHECK(exists == 1);
    made(0);

    /* A part is no whole, but a whole has all parts; what is not there is known too. */
    CHECK(count_of(NULL, 0) == 2);
    made(1);
    CHECK(count_of(types, 2) == 1 && count_of(NULL, 0) == 2);
    CHECK_STATUS(B2H_VALUE_NOT_FOUND, b2h_get_value(client, HANDLE, "T", NULL, &text, &err));
    made(0);

    /* Who wants to see more, or newer values, gets them from the server. */
    read_url(HANDLE, B2H_AUTHENTICATED, "http://x/1");
    made(1);
    read_url(HANDLE, 0, "http://x/1");
    made(0);
    read_url(HANDLE, B2H_AUTHORITATIVE, "http://x/1");
    made(1);
    read_url(HANDLE, 0, "http://x/1");
    made(1);

    /* Changes are made to what is there, and show at once. */
    CHECK_STATUS(B2H_OK, b2h_modify_value(client, HANDLE, "URL", "http://x/2", NULL, &err));
    made(2);
    read_url(HANDLE, 0, "http://x/2");
    made(1);
    puts("change");
    made(0);
    /* From elsewhere; the ttl is not over. */
    read_url(HANDLE, 0, "http://x/2");
    made(0);
    CHECK_STATUS(B2H_OK, b2h_modify_value(client, HANDLE, "T", "t", NULL, &err));
    made(2);
    read_url(HANDLE, 0, "http://x/3");
    made(1);

    in_threads();
    made(0);
    in_a_child();
    made(1);
    read_url(HANDLE, 0, "http://x/3");
    made(0);

    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, HANDLE, NULL, &err));
    made(1);
    CHECK_STATUS(B2H_HANDLE_NOT_FOUND, b2h_get_value(client, HANDLE, "URL", NULL, &text, &err));
    CHECK_STATUS(B2H_HANDLE_NOT_FOUND, b2h_get_value(client, HANDLE, "URL", NULL, &text, &err));
    made(2);

    /* What may not be kept: a ttl of 0, a date that has passed; what may: a date to come. */
    read_url("21.T12345/TTL-ZERO", 0, "x");
    read_url("21.T12345/TTL-ZERO", 0, "x");
    made(2);
    read_url("21.T12345/TTL-PAST", 0, "x");
    read_url("21.T12345/TTL-PAST", 0, "x");
    made(2);
    read_url("21.T12345/TTL-FUTURE", 0, "x");
    read_url("21.T12345/TTL-FUTURE", 0, "x");
    made(1);
    b2h_client_free(client);
    return 0;
}
