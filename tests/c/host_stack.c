/*
 * What the library needs of the stack: all kinds of calls on a thread with so many KiB of it.
 *
 *     host_stack CREDENTIALS KIB [HANDLE]
 *
 * Prints how many bytes the deepest call took, measured on a large stack first. HANDLE is one to read,
 * besides.
 */
#include "host.h"

#include <pthread.h>
#include <sys/mman.h>

enum { LARGE = 4 << 20, PAINT = 0xa5 };

static const char *credentials, *handle;

static void *work(void *unused)
{
    b2h_error *err = NULL;
    b2h_client *client = NULL;
    b2h_values *values = NULL;
    b2h_record *record = NULL;
    b2h_check *check = NULL;
    b2h_handles *handles = NULL;
    b2h_locations *locations = NULL;

    (void)unused;
    CHECK_STATUS(B2H_OK, b2h_client_from_json(credentials, &client, &err));
    CHECK_STATUS(B2H_OK, b2h_get_record(client, "21.T12345/EXAMPLE", NULL, &record, &err));
    b2h_record_free(record);
    CHECK_STATUS(B2H_OK, b2h_client_check(client, NULL, &check, &err));
    b2h_check_free(check);
    if (handle != NULL) {
        b2h_get_record(client, handle, NULL, &record, NULL);
        b2h_record_free(record);
        b2h_get_locations(client, handle, NULL, &locations, NULL);
        b2h_locations_free(locations);
    }
    if (may_write(client)) {
        use(client, "stack", 0);
        CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
        CHECK_STATUS(B2H_OK,
                     b2h_values_add_json(values, "[{\"type\": \"URL\", \"data\": \"http://x/\"}]", &err));
        CHECK_STATUS(B2H_OK, b2h_register_values(client, "21.T12345/STACK", values, NULL, NULL, &err));
        b2h_values_free(values);
        CHECK_STATUS(B2H_OK, b2h_list_handles(client, "21.T12345", 10, NULL, &handles, &err));
        b2h_handles_free(handles);
        CHECK_STATUS(B2H_OK, b2h_delete_handle(client, "21.T12345/STACK", NULL, &err));
    }
    b2h_client_free(client);
    return NULL;
}

static size_t depth(void)
{
    unsigned char *stack = mmap(NULL, LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pthread_attr_t attributes;
    pthread_t thread;
    size_t untouched = 0;

    CHECK(stack != MAP_FAILED);
    memset(stack, PAINT, LARGE);
    CHECK(pthread_attr_init(&attributes) == 0 && pthread_attr_setstack(&attributes, stack, LARGE) == 0);
    CHECK(pthread_create(&thread, &attributes, work, NULL) == 0 && pthread_join(thread, NULL) == 0);
    while (untouched < LARGE && stack[untouched] == PAINT)
        untouched++;
    munmap(stack, LARGE);
    pthread_attr_destroy(&attributes);
    return LARGE - untouched;
}

int main(int argc, char **argv)
{
    pthread_attr_t attributes;
    pthread_t thread;
    struct host before;

    CHECK(argc == 3 || argc == 4);
    credentials = argv[1];
    handle = argv[3];
    host_look(&before);
    printf("%zu bytes\n", depth());
    CHECK(pthread_attr_init(&attributes) == 0);
    CHECK(pthread_attr_setstacksize(&attributes, (size_t)atoi(argv[2]) * 1024) == 0);
    CHECK(pthread_create(&thread, &attributes, work, NULL) == 0 && pthread_join(thread, NULL) == 0);
    pthread_attr_destroy(&attributes);
    CHECK_HOST_SAME(&before);
    return 0;
}
