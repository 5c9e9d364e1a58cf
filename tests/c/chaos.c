/*
 * Carries out a plan of operations from many threads, and tells what the library said of each. The plan is
 * made, and what was said is judged, by tests/chaos.
 *
 *     chaos PLAN SESSION BASIC RIVAL [retries | success | definite]
 *
 * SESSION, BASIC and RIVAL are the credentials of three clients: the threads use the first two by turns; the
 * third makes Handles again that they are deleting. The last argument lets the program lie, so that its judge
 * can be judged: it repeats what is in doubt, calls it a success, or calls it a definite failure.
 *
 * A line of the plan: thread, number, operation, shared Handle or -1, Handle, text, other text. A line of the
 * output: number, begin, end, status, in doubt, HTTP status, result, message; begin and end are moments of
 * one counter.
 */
#include "check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { THREADS = 16, SHARED = 8, LISTS = THREADS + SHARED };

struct operation {
    int number, shared;
    char *kind, *handle, *text, *other;
};

/* Those of each thread, then those of the rival for each shared Handle. */
static struct list {
    struct operation *all;
    size_t count, room;
} lists[LISTS];

static b2h_client *session, *basic, *rival;
static const char *lie = "";
static atomic_ulong moment;
static atomic_int working = THREADS;
static atomic_int deleting[SHARED];

static void pause_ms(long ms)
{
    struct timespec time = {0, ms * 1000000};
    nanosleep(&time, NULL);
}

static b2h_values *one_value(uint32_t index, const char *type, const char *text)
{
    b2h_values *values = NULL;
    CHECK(b2h_values_new(&values, NULL) == B2H_OK);
    CHECK(b2h_values_add_text(values, index, type, text, NULL) == B2H_OK);
    return values;
}

/* The URLs with a space after each. */
static char *urls_of(const b2h_locations *locations)
{
    size_t size = 1, i;
    char *all;

    for (i = 0; i < b2h_locations_count(locations); i++)
        size += strlen(b2h_locations_url(locations, i)) + 1;
    all = calloc(size, 1);
    CHECK(all != NULL);
    for (i = 0; i < b2h_locations_count(locations); i++) {
        strcat(all, b2h_locations_url(locations, i));
        strcat(all, " ");
    }
    return all;
}

static b2h_status reading(b2h_client *client, const struct operation *op, const b2h_call_options *options,
                          char **out, b2h_error **error)
{
    b2h_locations *locations = NULL;
    b2h_status status;
    int32_t exists;

    if (strcmp(op->kind, "exists") == 0) {
        status = b2h_handle_exists(client, op->handle, options, &exists, error);
        *out = strdup(exists ? "1" : "0");
    } else {
        CHECK(strcmp(op->kind, "locations") == 0);
        status = b2h_get_locations(client, op->handle, options, &locations, error);
        *out = urls_of(locations);
        b2h_locations_free(locations);
    }
    return status;
}

/* The result is to be freed with free(). */
static b2h_status call(b2h_client *client, const struct operation *op, char **out, b2h_error **error)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_values *values = NULL;
    const char *const text[] = {op->text}, *const other[] = {op->other}, *const note[] = {"NOTE"};
    char *said = NULL;
    b2h_status status;

    options.timeout_ms = 800;
    options.connect_timeout_ms = 400;
    if (strcmp(op->kind, "register") == 0) {
        status = b2h_register_handle(client, op->handle, op->text, &options, NULL, error);
    } else if (strcmp(op->kind, "overwrite") == 0) {
        options.flags = B2H_OVERWRITE;
        status = b2h_register_handle(client, op->handle, op->text, &options, NULL, error);
    } else if (strcmp(op->kind, "mint") == 0) {
        values = one_value(1, "URL", op->text);
        status = b2h_mint_handle(client, op->handle, values, &options, &said, error);
    } else if (strcmp(op->kind, "generate") == 0) {
        values = one_value(1, "URL", op->text);
        status = b2h_generate_and_register(client, op->handle, values, &options, &said, error);
    } else if (strcmp(op->kind, "modify") == 0) {
        status = b2h_modify_value(client, op->handle, "URL", op->text, &options, error);
    } else if (strcmp(op->kind, "note") == 0) {
        status = b2h_modify_value(client, op->handle, "NOTE", op->text, &options, error);
    } else if (strcmp(op->kind, "add") == 0) {
        values = one_value(0, "EXTRA", op->text);
        status = b2h_modify_values(client, op->handle, values, B2H_ADD_ONLY, &options, error);
    } else if (strcmp(op->kind, "put") == 0) {
        values = one_value(5000, "PUT", op->text);
        status = b2h_put_values(client, op->handle, values, &options, error);
    } else if (strcmp(op->kind, "delete_values") == 0) {
        status = b2h_delete_values(client, op->handle, note, 1, &options, NULL, error);
    } else if (strcmp(op->kind, "delete") == 0) {
        status = b2h_delete_handle(client, op->handle, &options, error);
    } else if (strcmp(op->kind, "add_location") == 0) {
        status = b2h_add_locations(client, op->handle, text, 1, NULL, NULL, 0, &options, error);
    } else if (strcmp(op->kind, "exchange_location") == 0) {
        status = b2h_exchange_location(client, op->handle, op->other, op->text, &options, error);
    } else if (strcmp(op->kind, "remove_location") == 0) {
        status = b2h_remove_locations(client, op->handle, other, 1, &options, NULL, error);
    } else if (strcmp(op->kind, "get") == 0) {
        status = b2h_get_value(client, op->handle, "URL", &options, &said, error);
    } else {
        return reading(client, op, &options, out, error);
    }
    *out = strdup(said != NULL ? said : "");
    b2h_string_free(said);
    b2h_values_free(values);
    return status;
}

/* Returns the status. */
static int perform(b2h_client *client, const struct operation *op)
{
    b2h_error *error = NULL;
    unsigned long begin = atomic_fetch_add(&moment, 1), end;
    char *out = NULL;
    int status, in_doubt;

    if (op->shared >= 0 && strcmp(op->kind, "delete") == 0)
        atomic_fetch_add(&deleting[op->shared], 1);
    status = call(client, op, &out, &error);
    if (b2h_error_in_doubt(error) && strcmp(lie, "retries") == 0) {
        pause_ms(30);
        free(out);
        b2h_error_free(error);
        error = NULL;
        status = call(client, op, &out, &error);
    }
    if (op->shared >= 0 && strcmp(op->kind, "delete") == 0)
        atomic_fetch_sub(&deleting[op->shared], 1);
    end = atomic_fetch_add(&moment, 1);
    in_doubt = b2h_error_in_doubt(error);
    if (in_doubt && strcmp(lie, "success") == 0)
        status = B2H_OK;
    if (strcmp(lie, "definite") == 0)
        in_doubt = 0;
    printf("%d\t%lu\t%lu\t%d\t%d\t%d\t%s\t%s\n", op->number, begin, end, status, in_doubt,
           b2h_error_http_status(error), out, b2h_error_message(error));
    fflush(stdout);
    free(out);
    b2h_error_free(error);
    return status;
}

static void *work(void *argument)
{
    int thread = *(int *)argument;
    b2h_client *client = thread % 2 == 0 ? session : basic;
    size_t i;

    for (i = 0; i < lists[thread].count; i++)
        /* The plan would be over before a server is up again. */
        if (perform(client, &lists[thread].all[i]) == B2H_UNREACHABLE)
            pause_ms(20);
    atomic_fetch_sub(&working, 1);
    return NULL;
}

static void *disturb(void *argument)
{
    size_t done[SHARED] = {0};
    int nth;

    while (atomic_load(&working) > 0) {
        for (nth = 0; nth < SHARED; nth++)
            if (atomic_load(&deleting[nth]) > 0 && done[nth] < lists[THREADS + nth].count)
                perform(rival, &lists[THREADS + nth].all[done[nth]++]);
        pause_ms(1);
    }
    return argument;
}

static char *next_field(char **line)
{
    char *field = strsep(line, "\t\n");
    CHECK(field != NULL);
    return field;
}

/* What is read stays to the end of the program. */
static void read_plan(const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;

    CHECK(file != NULL);
    while (getline(&line, &size, file) > 0) {
        struct operation op;
        struct list *list;
        char *rest = line;
        int thread = atoi(next_field(&rest));

        op.number = atoi(next_field(&rest));
        op.kind = next_field(&rest);
        op.shared = atoi(next_field(&rest));
        op.handle = next_field(&rest);
        op.text = next_field(&rest);
        op.other = next_field(&rest);
        list = &lists[thread == THREADS ? THREADS + op.shared : thread];
        if (list->count == list->room) {
            list->room = list->room * 2 + 64;
            list->all = realloc(list->all, list->room * sizeof op);
            CHECK(list->all != NULL);
        }
        list->all[list->count++] = op;
        line = NULL;
    }
    free(line);
    fclose(file);
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS + 1];
    int numbers[THREADS], i;

    CHECK(argc == 5 || argc == 6);
    if (argc == 6)
        lie = argv[5];
    read_plan(argv[1]);
    session = client_from(argv[2]);
    basic = client_from(argv[3]);
    rival = client_from(argv[4]);
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
    }
    CHECK(pthread_create(&threads[THREADS], NULL, disturb, NULL) == 0);
    for (i = 0; i <= THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    b2h_client_free(session);
    b2h_client_free(basic);
    b2h_client_free(rival);
    return 0;
}
