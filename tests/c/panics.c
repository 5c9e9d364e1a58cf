/*
 * A bug at a place inside the library, in calls on a new connection and on a kept one. The library must be
 * built with the feature test-panics.
 *
 *     panics CREDENTIALS PLACE
 *
 * Prints the status of each call. Whatever it is, nothing else is printed, and then the client works.
 */
#include "host.h"

#include <pthread.h>

static const char HANDLE[] = "21.T12345/PANIC";

static b2h_client *client;
static int heard;

static void hear(int32_t level, const char *message, void *unused)
{
    (void)level;
    (void)message;
    (void)unused;
    __atomic_fetch_add(&heard, 1, __ATOMIC_RELAXED);
}

static b2h_client *listening(const char *credentials)
{
    b2h_config *config = NULL;
    b2h_client *made = NULL;

    CHECK_STATUS(B2H_OK, b2h_config_new(&config, &err));
    CHECK_STATUS(B2H_OK, b2h_config_load(config, credentials, &err));
    CHECK_STATUS(B2H_OK, b2h_config_set_log(config, B2H_LOG_DEBUG, hear, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &made, &err));
    b2h_config_free(config);
    return made;
}

static void said(const char *call, b2h_status status)
{
    CHECK(b2h_error_status(err) == status);
    if (status == B2H_PANIC)
        CHECK(b2h_error_in_doubt(err) && strstr(b2h_error_message(err), "bug in libb2handle") != NULL);
    printf("%s=%d ", call, status);
    b2h_error_free(err);
    err = NULL;
}

static b2h_status put(const char *url)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;

    options.flags = B2H_OVERWRITE;
    return b2h_register_handle(client, HANDLE, url, &options, NULL, &err);
}

static void calls(int writes)
{
    const char *url = "http://z/";
    char *value = NULL;

    said("get", b2h_get_value(client, HANDLE, "URL", NULL, &value, &err));
    b2h_string_free(value);
    if (!writes)
        return;
    said("register", put("http://y/"));
    said("modify", b2h_modify_value(client, HANDLE, "EMAIL", "a@b", NULL, &err));
    said("edit", b2h_add_locations(client, HANDLE, &url, 1, NULL, NULL, 0, NULL, &err));
}

static void *work(void *unused)
{
    use(client, "panics", (int)pthread_self());
    return unused;
}

/* Locks that the bug left behind would stop other threads. */
static void threads_work(void)
{
    pthread_t threads[8];
    int i;

    for (i = 0; i < 8; i++)
        CHECK(pthread_create(&threads[i], NULL, work, NULL) == 0);
    for (i = 0; i < 8; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
}

/* What the cache has is not from before a write that ended with a bug. */
static void cache_is_right(void)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    char *kept = NULL, *current = NULL;

    CHECK_STATUS(B2H_OK, b2h_get_value(client, HANDLE, "URL", NULL, &kept, &err));
    options.flags = B2H_AUTHORITATIVE;
    CHECK_STATUS(B2H_OK, b2h_get_value(client, HANDLE, "URL", &options, &current, &err));
    CHECK(strcmp(kept, current) == 0);
    b2h_string_free(kept);
    b2h_string_free(current);
}

int main(int argc, char **argv)
{
    struct host before;
    int is_warm, writes, i;

    CHECK(argc == 3);
    host_look(&before);
    for (is_warm = 0; is_warm < 2; is_warm++) {
        char *value = NULL;

        client = listening(argv[1]);
        writes = may_write(client);
        if (is_warm) {
            if (writes)
                CHECK_STATUS(B2H_OK, put("http://x/"));
            CHECK_STATUS(B2H_OK, b2h_get_value(client, HANDLE, "URL", NULL, &value, &err));
            b2h_string_free(value);
        }
        CHECK(setenv("B2H_TEST_PANIC", argv[2], 1) == 0);
        printf(is_warm ? "warm: " : "cold: ");
        calls(writes);
        printf("\n");
        /* Meeting it again and again uses nothing up. */
        for (i = 0; i < 70; i++) {
            b2h_get_value(client, HANDLE, "URL", NULL, &value, NULL);
            b2h_string_free(value);
        }
        CHECK(unsetenv("B2H_TEST_PANIC") == 0);
        threads_work();
        cache_is_right();
        CHECK(setenv("B2H_TEST_PANIC", argv[2], 1) == 0);
        b2h_client_free(client);
        CHECK(unsetenv("B2H_TEST_PANIC") == 0);
    }
    CHECK(heard > 0);
    CHECK_HOST_SAME(&before);
    return 0;
}
