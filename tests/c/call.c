/*
 * One call of the library from the command line; prints what came of it, a fact per line. Tests in Rust use
 * it to meet misbehaving servers as a C program does.
 *
 *     call [log] CREDENTIALS [timeout=MS] [connect_timeout=MS] [overwrite] [authenticated] OPERATION ARGUMENT
 * ...
 */
#include <b2handle.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int report(b2h_status status, b2h_error *error, char *out)
{
    printf("status=%d\n", status);
    if (out != NULL)
        printf("out=%s\n", out);
    if (error != NULL) {
        printf("error_status=%d\nhttp=%d\nrc=%d\nretryable=%d\nin_doubt=%d\noperation=%s\nhandle=%s\n",
               b2h_error_status(error), b2h_error_http_status(error), b2h_error_response_code(error),
               b2h_error_retryable(error), b2h_error_in_doubt(error), b2h_error_operation(error),
               b2h_error_handle(error) != NULL ? b2h_error_handle(error) : "");
        printf("message=%s\n", b2h_error_message(error));
    }
    b2h_error_free(error);
    b2h_string_free(out);
    return 0;
}

/* Reads values from JSON; a failure is reported by the call that uses them. */
static b2h_values *values_of(const char *json)
{
    b2h_values *values = NULL;
    if (b2h_values_new(&values, NULL) != B2H_OK || b2h_values_add_json(values, json, NULL) != B2H_OK)
        exit(3);
    return values;
}

static b2h_status check(b2h_client *client, const b2h_call_options *options, b2h_error **error)
{
    b2h_check *found = NULL;
    b2h_status status = b2h_client_check(client, options, &found, error);
    size_t i;

    for (i = 0; i < b2h_check_count(found); i++)
        printf("%s %d %s\n", b2h_check_subject(found, i), b2h_check_verdict(found, i),
               b2h_check_message(found, i));
    b2h_check_free(found);
    return status;
}

/* The operations on records and values. */
static b2h_status on_values(b2h_client *client, const b2h_call_options *options, int argc, char **argv,
                            char **out, b2h_error **error)
{
    b2h_values *values = argc == 3 && strncmp(argv[0], "delete", 6) != 0 ? values_of(argv[2]) : NULL;
    const char *const *types = (const char *const *)&argv[2];
    size_t count;
    b2h_record *record = NULL;
    b2h_status status = B2H_INVALID_ARGUMENT;
    uint32_t indexes[8];
    size_t found = 0;
    char *text;
    int32_t exists;

    if (argc == 1 && strcmp(argv[0], "check") == 0) {
        status = check(client, options, error);
    } else if (argc == 2 && strcmp(argv[0], "record") == 0) {
        status = b2h_get_record(client, argv[1], options, &record, error);
        printf("count=%zu\n", b2h_record_count(record));
    } else if (argc == 2 && strcmp(argv[0], "exists") == 0) {
        status = b2h_handle_exists(client, argv[1], options, &exists, error);
    } else if (argc == 3 && strcmp(argv[0], "delete_at") == 0) {
        for (text = strtok(argv[2], ","); text != NULL && found < 8; text = strtok(NULL, ","))
            indexes[found++] = (uint32_t)atoi(text);
        status = b2h_delete_values_at(client, argv[1], indexes, found, options, &count, error);
        printf("count=%zu\n", count);
    } else if (argc == 3 && strcmp(argv[0], "delete_type") == 0) {
        status = b2h_delete_values(client, argv[1], types, 1, options, &count, error);
        printf("count=%zu\n", count);
    } else if (argc == 3 && strcmp(argv[0], "change") == 0) {
        status = b2h_modify_values(client, argv[1], values, B2H_MODIFY_OR_ADD, options, error);
    } else if (argc == 3 && strcmp(argv[0], "add") == 0) {
        status = b2h_modify_values(client, argv[1], values, B2H_ADD_ONLY, options, error);
    } else if (argc == 3 && strcmp(argv[0], "put") == 0) {
        status = b2h_put_values(client, argv[1], values, options, error);
    } else if (argc == 3 && strcmp(argv[0], "mint") == 0) {
        status = b2h_mint_handle(client, argv[1], values, options, out, error);
    } else if (argc == 3 && strcmp(argv[0], "generate") == 0) {
        status = b2h_generate_and_register(client, argv[1], values, options, out, error);
    }
    b2h_record_free(record);
    b2h_values_free(values);
    return status;
}

static void hear(int32_t level, const char *message, void *user_data)
{
    (void)user_data;
    printf("log %d %s\n", level, message);
}

static b2h_status logging_client(const char *path, b2h_client **client, b2h_error **error)
{
    b2h_config *config = NULL;
    b2h_status status = b2h_config_new(&config, error);

    if (status == B2H_OK)
        status = b2h_config_set_log(config, B2H_LOG_DEBUG, hear, NULL, error);
    if (status == B2H_OK)
        status = b2h_config_load(config, path, error);
    if (status == B2H_OK)
        status = b2h_client_new(config, client, error);
    b2h_config_free(config);
    return status;
}

int main(int argc, char **argv)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_client *client = NULL;
    b2h_error *error = NULL;
    b2h_status status;
    char *out = NULL;
    int at;

    if (argc < 2)
        return 2;
    /* Text that begins like JSON is JSON. */
    if (strcmp(argv[1], "log") == 0) {
        argv++, argc--;
        status = logging_client(argv[1], &client, &error);
    } else if (argv[1][0] == '{')
        status = b2h_client_from_json_text(argv[1], &client, &error);
    else
        status = b2h_client_from_json(argv[1], &client, &error);
    if (status != B2H_OK)
        return report(status, error, NULL);

    for (at = 2; at < argc; at++) {
        if (strncmp(argv[at], "timeout=", 8) == 0)
            options.timeout_ms = (uint32_t)atoi(argv[at] + 8);
        else if (strncmp(argv[at], "connect_timeout=", 16) == 0)
            options.connect_timeout_ms = (uint32_t)atoi(argv[at] + 16);
        else if (strcmp(argv[at], "overwrite") == 0)
            options.flags |= B2H_OVERWRITE;
        else if (strcmp(argv[at], "authenticated") == 0)
            options.flags |= B2H_AUTHENTICATED;
        else
            break;
    }
    argv += at;
    argc -= at;
    if (argc == 0)
        status = B2H_OK;
    else if (argc == 3 && strcmp(argv[0], "register") == 0)
        status = b2h_register_handle(client, argv[1], argv[2], &options, &out, &error);
    else if (argc == 3 && strcmp(argv[0], "get") == 0)
        status = b2h_get_value(client, argv[1], argv[2], &options, &out, &error);
    else if (argc == 3 && strcmp(argv[0], "get_twice") == 0) {
        status = b2h_get_value(client, argv[1], argv[2], &options, &out, &error);
        if (status == B2H_OK) {
            b2h_string_free(out);
            status = b2h_get_value(client, argv[1], argv[2], &options, &out, &error);
        }
    } else if (argc == 4 && strcmp(argv[0], "modify") == 0)
        status = b2h_modify_value(client, argv[1], argv[2], argv[3], &options, &error);
    else if (argc == 2 && strcmp(argv[0], "delete") == 0)
        status = b2h_delete_handle(client, argv[1], &options, &error);
    else
        status = on_values(client, &options, argc, argv, &out, &error);
    b2h_client_free(client);
    return report(status, error, out);
}
