/*
 * One call after another to a server that sends more than anybody wants, and the most memory that this took.
 *
 *     bounded CREDENTIALS OPERATION [TIMEOUT_MS]
 *
 * Prints the status and the message of the call that OPERATION makes (get, record, search, list, register),
 * then the peak of the resident memory in KiB.
 */
#include "check.h"

static void say(b2h_status status)
{
    printf("status=%d %s\n", status, b2h_error_message(err) != NULL ? b2h_error_message(err) : "");
    b2h_error_free(err);
    err = NULL;
}

static unsigned long peak_kib(void)
{
    char line[256];
    unsigned long kib = 0;
    FILE *file = fopen("/proc/self/status", "r");

    CHECK(file != NULL);
    while (kib == 0 && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "VmHWM: %lu", &kib) != 1)
            kib = 0;
    fclose(file);
    return kib;
}

int main(int argc, char **argv)
{
    static const char *const types[] = {"URL"}, *const texts[] = {"x"};
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_client *client = NULL;
    b2h_record *record = NULL;
    b2h_handles *handles = NULL;
    char *value = NULL;

    CHECK(argc == 3 || argc == 4);
    CHECK_STATUS(B2H_OK, b2h_client_from_json_text(argv[1], &client, &err));
    if (argc == 4)
        options.timeout_ms = (uint32_t)atoi(argv[3]);
    if (strcmp(argv[2], "get") == 0)
        say(b2h_get_value(client, "21.T12345/X", "URL", &options, &value, &err));
    else if (strcmp(argv[2], "record") == 0)
        say(b2h_get_record(client, "21.T12345/X", &options, &record, &err));
    else if (strcmp(argv[2], "search") == 0)
        say(b2h_search_handles(client, types, texts, 1, NULL, 0, &options, &handles, &err));
    else if (strcmp(argv[2], "list") == 0)
        say(b2h_list_handles(client, "21.T12345", 0, &options, &handles, &err));
    else if (strcmp(argv[2], "register") == 0)
        say(b2h_register_handle(client, "21.T12345/X", "http://x/", &options, NULL, &err));
    else
        return 2;
    b2h_string_free(value);
    b2h_record_free(record);
    b2h_handles_free(handles);
    b2h_client_free(client);
    printf("peak=%lu\n", peak_kib());
    return 0;
}
