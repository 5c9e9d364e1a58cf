/*
 * What a tool has to find: shows that it would find it elsewhere, in this program and in the library.
 *
 *     faulty KIND
 */
#include "check.h"

#include <limits.h>
#include <pthread.h>

static void overflow(void)
{
    volatile char *text = malloc(8);
    volatile int end = 8;

    text[end] = 'x';
    free((void *)text);
}

static void freed(void)
{
    volatile char *text = calloc(1, 8);

    free((void *)text);
    exit(text[0] == 'x');
}

static void undefined(void)
{
    volatile int number = INT_MAX;

    number++;
}

static void uninitialised(void)
{
    volatile int *number = malloc(sizeof *number);

    if (*number == 7)
        puts("seven");
    free((void *)number);
}

/* The library reads what the program has freed. */
static void freed_options(void)
{
    b2h_call_options *options = malloc(sizeof *options), *volatile gone = options;
    b2h_config *config = NULL;
    b2h_client *client = NULL;
    char *value = NULL;

    memset(options, 0, sizeof *options);
    CHECK_STATUS(B2H_OK, b2h_config_new(&config, &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "handle_server_url", "http://127.0.0.1:1", &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    free(options);
    b2h_get_value(client, "21.T12345/X", "URL", gone, &value, NULL);
    b2h_client_free(client);
    b2h_config_free(config);
}

/* What the library gave to the program. */
static void leak(void)
{
    b2h_config *config = NULL;
    b2h_client *client = NULL;
    char *volatile value = NULL;

    CHECK_STATUS(B2H_OK, b2h_config_new(&config, &err));
    CHECK_STATUS(B2H_OK, b2h_config_set(config, "handle_server_url", "http://127.0.0.1:1", &err));
    CHECK_STATUS(B2H_OK, b2h_client_new(config, &client, &err));
    CHECK_STATUS(B2H_OK, b2h_client_setting(client, "handle_server_url", (char **)&value, &err));
    value = NULL;
    b2h_client_free(client);
    b2h_config_free(config);
}

static int counter;
static b2h_config *shared;

static void *count(void *unused)
{
    (void)unused;
    counter++;
    return NULL;
}

/* Only one thread may change a configuration at a time. */
static void *change(void *prefix)
{
    CHECK(b2h_config_set(shared, "prefix", prefix, NULL) == B2H_OK);
    return NULL;
}

static void both(void *(*work)(void *), char *one, char *other)
{
    pthread_t threads[2];

    CHECK(pthread_create(&threads[0], NULL, work, one) == 0);
    CHECK(pthread_create(&threads[1], NULL, work, other) == 0);
    CHECK(pthread_join(threads[0], NULL) == 0 && pthread_join(threads[1], NULL) == 0);
}

static void race(void)
{
    both(count, NULL, NULL);
}

static void shared_config(void)
{
    CHECK_STATUS(B2H_OK, b2h_config_new(&shared, &err));
    /* Else this would race for the memory itself. */
    CHECK_STATUS(B2H_OK, b2h_config_set(shared, "prefix", "21.T1", &err));
    both(change, "21.T2", "21.T3");
    b2h_config_free(shared);
}

static void nothing(void)
{
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*commit)(void);
    } kinds[] = {
        {"overflow", overflow},
        {"freed", freed},
        {"undefined", undefined},
        {"uninitialised", uninitialised},
        {"freed-options", freed_options},
        {"leak", leak},
        {"race", race},
        {"shared-config", shared_config},
        {"nothing", nothing},
    };
    size_t i;

    CHECK(argc == 2);
    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0) {
            kinds[i].commit();
            return 0;
        }
    CHECK(!"a kind");
}
