/*
 * Calls of a process that may open no more files.
 *
 *     descriptors CREDENTIALS NEW_FILE
 *
 * With each number of free descriptors from none to enough, a client that has made no connection yet, and one
 * that has, either do what they should or say that something is missing; and both work when there are
 * descriptors again.
 */
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#define LIMIT 32

static int taken[LIMIT], count;

static void take_all_but(int left)
{
    int fd;

    while ((fd = open("/dev/null", O_RDONLY)) >= 0)
        taken[count++] = fd;
    while (left-- > 0 && count > 0)
        close(taken[--count]);
}

static void give_back(void)
{
    while (count > 0)
        close(taken[--count]);
}

static int ended_well(b2h_status status)
{
    int done = status == B2H_OK;

    if (!done && status != B2H_NO_RESOURCES)
        fprintf(stderr, "%s\n", b2h_error_message(err));
    CHECK(done || status == B2H_NO_RESOURCES);
    CHECK(done || b2h_error_in_doubt(err) == 0);
    b2h_error_free(err);
    err = NULL;
    return done;
}

/* Nothing is left of a key file that could not be written. */
static void no_room_on_the_disk(const char *path)
{
    struct rlimit limit = {100, 100};
    static const uint8_t bytes[1000] = {0};

    CHECK(signal(SIGXFSZ, SIG_IGN) != SIG_ERR && setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK(b2h_key_save(path, bytes, sizeof bytes, &err) == B2H_KEY_UNREADABLE);
    CHECK(strstr(b2h_error_message(err), path) != NULL && access(path, F_OK) != 0);
    b2h_error_free(err);
}

int main(int argc, char **argv)
{
    struct rlimit limit = {LIMIT, LIMIT};
    int left, successes = 0, written = 0;
    char handle[64];
    char *value;

    CHECK(argc == 3);
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    for (left = 0; left < 8; left++) {
        b2h_client *cold = client_from(argv[1]), *warm = client_from(argv[1]);

        CHECK_STATUS(B2H_OK, b2h_get_value(warm, "21.T12345/EXAMPLE", "URL", NULL, &value, &err));
        b2h_string_free(value);
        take_all_but(left);
        successes += ended_well(b2h_get_value(cold, "21.T12345/EXAMPLE", "URL", NULL, &value, &err));
        b2h_string_free(value);
        successes += ended_well(b2h_get_value(warm, "21.T12345/EXAMPLE", "URL", NULL, &value, &err));
        b2h_string_free(value);
        snprintf(handle, sizeof handle, "21.T12345/FD-%d-%d", (int)getpid(), left);
        written = ended_well(b2h_register_handle(cold, handle, "http://x/", NULL, NULL, &err));
        give_back();
        if (!written)
            CHECK_STATUS(B2H_OK, b2h_register_handle(cold, handle, "http://x/", NULL, NULL, &err));
        CHECK_STATUS(B2H_OK, b2h_get_value(warm, handle, "URL", NULL, &value, &err));
        b2h_string_free(value);
        b2h_client_free(cold);
        b2h_client_free(warm);
    }
    /* Those that had their connection need none, and with enough of them all is well. */
    CHECK(successes >= 8 && written);

    no_room_on_the_disk(argv[2]);
    return 0;
}
