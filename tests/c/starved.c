/*
 * Reads a large record while memory is short: one large allocation fails after the other, one in each call.
 * The library gets its memory from the functions here.
 *
 *     starved CREDENTIALS record|get|search            each large allocation fails once
 *     starved CREDENTIALS record|get|search MIB        the process may take this much address space beyond
 * what it has
 *
 * Prints how many calls succeeded and how many found no memory. Anything else is a failure.
 */
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#define LARGE ((size_t)1 << 20)

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

/* Large allocations are counted down; where this comes to 0, it fails. */
static int until_failure;

static int fails(size_t size)
{
    return size >= LARGE && until_failure > 0 && --until_failure == 0;
}

void *malloc(size_t size)
{
    return fails(size) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(count * size) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails(size) ? NULL : __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails(size) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    *memory = aligned_alloc(alignment, size);
    return *memory != NULL ? 0 : ENOMEM;
}

static b2h_status read_once(b2h_client *client, const char *operation)
{
    static const char *const types[] = {"URL"}, *const texts[] = {"x"};
    b2h_record *record = NULL;
    b2h_handles *handles = NULL;
    char *value = NULL;
    b2h_status status;

    if (strcmp(operation, "get") == 0)
        status = b2h_get_value(client, "21.T12345/X", "URL", NULL, &value, &err);
    else if (strcmp(operation, "search") == 0)
        status = b2h_search_handles(client, types, texts, 1, NULL, 0, NULL, &handles, &err);
    else
        status = b2h_get_record(client, "21.T12345/X", NULL, &record, &err);
    CHECK((status == B2H_OK) == (value != NULL || record != NULL || handles != NULL));
    b2h_string_free(value);
    b2h_record_free(record);
    b2h_handles_free(handles);
    return status;
}

static size_t address_space(void)
{
    size_t pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    CHECK(file != NULL && fscanf(file, "%zu", &pages) == 1);
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

int main(int argc, char **argv)
{
    b2h_client *client;
    struct rlimit limit;
    int nth, left, counts[2] = {0, 0};

    CHECK(argc == 3 || argc == 4);
    client = client_from(argv[1]);
    if (argc == 4) {
        /* What any call takes is there already. */
        b2h_handle_exists(client, "21.T12345/X", NULL, &nth, NULL);
        limit.rlim_cur = limit.rlim_max = address_space() + ((size_t)atoi(argv[3]) << 20);
        CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
    }
    for (nth = argc == 4 ? 0 : 1, left = 0; left == 0; nth++) {
        b2h_status status;

        until_failure = nth;
        status = read_once(client, argv[2]);
        left = until_failure;
        until_failure = 0;
        if (status != B2H_OK && status != B2H_NO_RESOURCES)
            fprintf(stderr, "%s\n", b2h_error_message(err));
        CHECK(status == B2H_OK || status == B2H_NO_RESOURCES);
        counts[status != B2H_OK]++;
        b2h_error_free(err);
        err = NULL;
        if (argc == 4)
            break;
    }
    printf("%d succeeded, %d found no memory\n", counts[0], counts[1]);
    b2h_client_free(client);
    return 0;
}
