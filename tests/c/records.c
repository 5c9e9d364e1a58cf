/*
 * Records and values: everything that is written comes back through the accessors.
 *
 *     records CREDENTIALS
 */
#include "check.h"

static b2h_client *client;

static b2h_values *new_values(void)
{
    b2h_values *values = NULL;
    CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
    return values;
}

static b2h_record *record_of(const char *handle)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_record *record = NULL;
    options.flags = B2H_AUTHENTICATED | B2H_AUTHORITATIVE;
    CHECK_STATUS(B2H_OK, b2h_get_record(client, handle, &options, &record, &err));
    return record;
}

static void everything_comes_back(void)
{
    static const char HANDLE[] = "21.T12345/RECORD";
    static const uint8_t BYTES[] = {0, 1, 0xff, 'x', 0};
    const char *const members[] = {"300:21.T12345/USER01", "0:21.T12345/USER02"};
    b2h_values *values = new_values();
    b2h_record *record;
    const b2h_value *value;
    size_t length = 99;

    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "URL", "http://x/", &err));
    CHECK_STATUS(B2H_OK, b2h_values_set_ttl(values, 60, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "CHECKSUM", "abc", &err));
    CHECK_STATUS(B2H_OK, b2h_values_set_ttl_absolute(values, 1893456000, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_bytes(values, 9, "BINARY", BYTES, sizeof BYTES, &err));
    CHECK_STATUS(B2H_OK, b2h_values_set_permissions(values, "0110", &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_bytes(values, 0, "EMPTY", NULL, 0, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_admin(values, 0, "300:21.T12345/USER01", "011111110011", &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_vlist(values, 200, members, 2, &err));
    CHECK_STATUS(B2H_OK,
                 b2h_values_add_structured(values, 301, "HS_PUBKEY", "key",
                                           "{\"kty\": \"RSA\", \"n\": \"AQAB\", \"e\": \"AQAB\"}", &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_json(values,
                                             "[{\"type\": \"SIZE\", \"data\": 12, \"references\": "
                                             "[{\"handle\": \"21.T12345/X\", \"index\": 5}]},"
                                             " {\"index\": 50, \"type\": \"checksum\", \"data\": \"def\"}]",
                                             &err));
    CHECK(b2h_values_count(values) == 9);
    CHECK_STATUS(B2H_OK, b2h_register_values(client, HANDLE, values, NULL, NULL, &err));
    b2h_values_free(values);

    record = record_of(HANDLE);
    CHECK(b2h_record_count(record) == 9);
    CHECK(strcmp(b2h_record_handle(record), HANDLE) == 0);
    CHECK(strstr(b2h_record_json(record), "\"responseCode\":1") != NULL);

    value = b2h_record_find(record, "url", 0);
    CHECK(value == b2h_record_value_at(record, 1) && value == b2h_record_value(record, 0));
    CHECK(b2h_value_index(value) == 1 && strcmp(b2h_value_type(value), "URL") == 0);
    CHECK(strcmp(b2h_value_text(value), "http://x/") == 0 && strcmp(b2h_value_format(value), "string") == 0);
    CHECK(b2h_value_ttl(value) == 60 && !b2h_value_ttl_is_absolute(value));
    CHECK(strcmp(b2h_value_permissions(value), "1110") == 0);
    CHECK(b2h_value_timestamp(value) > 1700000000);
    CHECK(memcmp(b2h_value_bytes(value, &length), "http://x/", 9) == 0 && length == 9);
    CHECK(b2h_record_find(record, "URL", 1) == NULL && b2h_record_value_at(record, 77) == NULL);

    /* All values of a type, and their indexes. */
    CHECK(b2h_value_index(b2h_record_find(record, "CHECKSUM", 0)) == 2);
    CHECK(b2h_value_index(b2h_record_find(record, "CHECKSUM", 1)) == 50);
    CHECK(b2h_record_find(record, "CHECKSUM", 2) == NULL);
    value = b2h_record_find(record, "CHECKSUM", 0);
    CHECK(b2h_value_ttl(value) == 1893456000 && b2h_value_ttl_is_absolute(value));

    value = b2h_record_find(record, "BINARY", 0);
    CHECK(b2h_value_text(value) == NULL && strcmp(b2h_value_format(value), "base64") == 0);
    CHECK(memcmp(b2h_value_bytes(value, &length), BYTES, sizeof BYTES) == 0 && length == sizeof BYTES);
    CHECK(strcmp(b2h_value_permissions(value), "0110") == 0);
    CHECK(strcmp(b2h_value_text(b2h_record_find(record, "EMPTY", 0)), "") == 0);

    value = b2h_record_find(record, "HS_ADMIN", 0);
    CHECK(b2h_value_index(value) == 100 && strcmp(b2h_value_format(value), "admin") == 0);
    CHECK(strstr(b2h_value_text(value), "\"011111110011\"") != NULL);
    CHECK(b2h_value_bytes(value, &length) == NULL && length == 0);
    value = b2h_record_find(record, "HS_VLIST", 0);
    CHECK(strcmp(b2h_value_format(value), "vlist") == 0 && strstr(b2h_value_text(value), "USER02") != NULL);
    CHECK(strcmp(b2h_value_format(b2h_record_find(record, "HS_PUBKEY", 0)), "key") == 0);

    value = b2h_record_find(record, "SIZE", 0);
    CHECK(strcmp(b2h_value_text(value), "12") == 0 && b2h_value_reference_count(value) == 1);
    CHECK(strcmp(b2h_value_reference_handle(value, 0), "21.T12345/X") == 0);
    CHECK(b2h_value_reference_index(value, 0) == 5 && b2h_value_reference_handle(value, 1) == NULL);
    b2h_record_free(record);
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, HANDLE, NULL, &err));
}

static void parts_and_views(void)
{
    static const char HANDLE[] = "21.T12345/PARTS";
    const char *const types[] = {"b", "D."};
    const uint32_t indexes[] = {2, 77};
    b2h_call_options authenticated = B2H_CALL_OPTIONS_INIT;
    b2h_values *values = new_values();
    b2h_record *record = NULL;
    int32_t exists = 7;

    CHECK_STATUS(B2H_OK, b2h_values_add_json(
                             values,
                             "[{\"index\": 2, \"type\": \"A\", \"data\": \"1\"},"
                             "{\"index\": 3, \"type\": \"B\", \"data\": \"2\"},"
                             "{\"index\": 4, \"type\": \"C\", \"data\": \"3\"},"
                             "{\"index\": 5, \"type\": \"D.X\", \"data\": \"4\"},"
                             "{\"index\": 6, \"type\": \"E\", \"data\": \"5\", \"permissions\": \"1100\"}]",
                             &err));
    CHECK_STATUS(B2H_OK, b2h_register_values(client, HANDLE, values, NULL, NULL, &err));
    b2h_values_free(values);

    CHECK_STATUS(B2H_OK, b2h_get_values(client, HANDLE, types, 2, indexes, 2, NULL, &record, &err));
    CHECK(b2h_record_count(record) == 2);
    CHECK(b2h_record_value_at(record, 2) != NULL && b2h_record_value_at(record, 3) != NULL);
    b2h_record_free(record);
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_get_values(client, HANDLE, NULL, 0, NULL, 0, NULL, &record, &err));

    CHECK_STATUS(B2H_OK, b2h_get_record(client, HANDLE, NULL, &record, &err));
    CHECK(b2h_record_count(record) == 5 && b2h_record_find(record, "E", 0) == NULL);
    b2h_record_free(record);
    authenticated.flags = B2H_AUTHENTICATED;
    CHECK_STATUS(B2H_OK, b2h_get_record(client, HANDLE, &authenticated, &record, &err));
    CHECK(b2h_record_count(record) == 6 && b2h_record_find(record, "E", 0) != NULL);
    b2h_record_free(record);

    CHECK_STATUS(B2H_OK, b2h_handle_exists(client, HANDLE, NULL, &exists, &err));
    CHECK(exists == 1);
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, HANDLE, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_handle_exists(client, HANDLE, NULL, &exists, &err));
    CHECK(exists == 0);
    CHECK_STATUS(B2H_HANDLE_NOT_FOUND, b2h_get_record(client, HANDLE, NULL, &record, &err));
    CHECK(record == NULL);
}

static void changes(void)
{
    static const char HANDLE[] = "21.T12345/CHANGES";
    const char *const types[] = {"ONE", "NONE", "two"};
    const char *const admin[] = {"HS_ADMIN"};
    const uint32_t indexes[] = {8, 4000, 9};
    b2h_values *values = new_values();
    b2h_record *record;
    size_t count = 99;

    CHECK_STATUS(B2H_OK, b2h_register_handle(client, HANDLE, "http://x/", NULL, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "ONE", "1", &err));
    CHECK_STATUS(B2H_OK, b2h_values_set_ttl(values, 60, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "TWO", "2", &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "URL", "http://y/", &err));
    CHECK_STATUS(B2H_VALUE_NOT_FOUND, b2h_modify_values(client, HANDLE, values, B2H_MODIFY_ONLY, NULL, &err));
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_modify_values(client, HANDLE, values, 3, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_modify_values(client, HANDLE, values, B2H_MODIFY_OR_ADD, NULL, &err));
    /* Once more: now all three are there, and nothing is added. */
    CHECK_STATUS(B2H_OK, b2h_modify_values(client, HANDLE, values, B2H_MODIFY_ONLY, NULL, &err));
    record = record_of(HANDLE);
    CHECK(b2h_record_count(record) == 4);
    CHECK(strcmp(b2h_value_text(b2h_record_value_at(record, 1)), "http://y/") == 0);
    CHECK(b2h_value_ttl(b2h_record_find(record, "ONE", 0)) == 60);
    b2h_record_free(record);
    b2h_values_free(values);

    /* A ttl on an existing value; what is not said stays. */
    values = new_values();
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "two", "2b", &err));
    CHECK_STATUS(B2H_OK, b2h_values_set_ttl(values, 120, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "ONE", "1b", &err));
    CHECK_STATUS(B2H_OK, b2h_modify_values(client, HANDLE, values, B2H_MODIFY_OR_ADD, NULL, &err));
    record = record_of(HANDLE);
    CHECK(b2h_value_ttl(b2h_record_find(record, "TWO", 0)) == 120);
    CHECK(b2h_value_ttl(b2h_record_find(record, "ONE", 0)) == 60);
    CHECK(strcmp(b2h_value_type(b2h_record_find(record, "TWO", 0)), "TWO") == 0);
    b2h_record_free(record);
    b2h_values_free(values);

    /* Beside what is there; two of a type are then a broken record to a change by type, and fine by index. */
    values = new_values();
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "ONE", "another", &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "ONE", "and another", &err));
    CHECK_STATUS(B2H_OK, b2h_modify_values(client, HANDLE, values, B2H_ADD_ONLY, NULL, &err));
    CHECK_STATUS(B2H_BROKEN_RECORD, b2h_modify_value(client, HANDLE, "ONE", "x", NULL, &err));
    b2h_values_free(values);
    values = new_values();
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 2, "ONE", "first", &err));
    CHECK_STATUS(B2H_OK, b2h_modify_values(client, HANDLE, values, B2H_MODIFY_ONLY, NULL, &err));
    CHECK_STATUS(B2H_CONFLICT, b2h_modify_values(client, HANDLE, values, B2H_ADD_ONLY, NULL, &err));
    b2h_values_free(values);
    values = new_values();
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 1, "ONE", "not a URL", &err));
    CHECK_STATUS(B2H_CONFLICT, b2h_modify_values(client, HANDLE, values, B2H_MODIFY_OR_ADD, NULL, &err));
    b2h_values_free(values);

    /* Known indexes. */
    values = new_values();
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 8, "EIGHT", "8", &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 9, "NINE", "9", &err));
    CHECK_STATUS(B2H_OK, b2h_put_values(client, HANDLE, values, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "TEN", "10", &err));
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_put_values(client, HANDLE, values, NULL, &err));
    b2h_values_free(values);
    values = new_values();
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 100, "URL", "in place of HS_ADMIN", &err));
    CHECK_STATUS(B2H_NOT_ALLOWED, b2h_put_values(client, HANDLE, values, NULL, &err));
    b2h_values_free(values);

    CHECK_STATUS(B2H_OK, b2h_delete_values_at(client, HANDLE, indexes, 3, NULL, &count, &err));
    CHECK(count == 2);
    CHECK_STATUS(B2H_OK, b2h_delete_values_at(client, HANDLE, indexes, 3, NULL, &count, &err));
    CHECK(count == 0);
    CHECK_STATUS(B2H_OK, b2h_delete_values_at(client, HANDLE, NULL, 0, NULL, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_delete_values(client, HANDLE, types, 3, NULL, &count, &err));
    CHECK(count == 4);
    CHECK_STATUS(B2H_OK, b2h_delete_values(client, HANDLE, types, 3, NULL, &count, &err));
    CHECK(count == 0);
    CHECK_STATUS(B2H_OK, b2h_delete_values(client, HANDLE, NULL, 0, NULL, &count, &err));
    CHECK_STATUS(B2H_NOT_ALLOWED, b2h_delete_values(client, HANDLE, admin, 1, NULL, &count, &err));
    record = record_of(HANDLE);
    CHECK(b2h_record_count(record) == 2);
    b2h_record_free(record);
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, HANDLE, NULL, &err));
    CHECK_STATUS(B2H_HANDLE_NOT_FOUND, b2h_delete_values(client, HANDLE, types, 3, NULL, &count, &err));
}

static void names(void)
{
    b2h_values *values = new_values();
    char *one = NULL, *other = NULL;

    CHECK_STATUS(B2H_OK, b2h_generate_name("21.T12345", &one, &err));
    CHECK_STATUS(B2H_OK, b2h_generate_name("21.T12345", &other, &err));
    CHECK(strcmp(one, other) != 0 && strlen(one) == 10 + 36);
    b2h_string_free(one);
    b2h_string_free(other);
    CHECK_STATUS(B2H_OK, b2h_name_from_text("21.14100", "dns", "python.org", 5, &one, &err));
    CHECK(strcmp(one, "21.14100/886313e1-3b8a-5372-9b90-0c9aee199e5d") == 0);
    b2h_string_free(one);
    CHECK_STATUS(B2H_OK, b2h_name_from_text("21.14100", "DNS", "python.org", 3, &one, &err));
    CHECK(strcmp(one, "21.14100/6fa459ea-ee8a-3ca4-894e-db77e160355e") == 0);
    b2h_string_free(one);
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_name_from_text("21.14100", "dns", "x", 4, &one, &err));
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_name_from_text("21.14100", "esgf", "x", 5, &one, &err));
    CHECK_STATUS(B2H_INVALID_HANDLE, b2h_generate_name("a/b", &one, &err));

    CHECK_STATUS(B2H_INVALID_ARGUMENT,
                 b2h_generate_and_register(client, "21.T12345", values, NULL, &one, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "URL", "http://x/", &err));
    CHECK_STATUS(B2H_OK, b2h_generate_and_register(client, "21.T12345", values, NULL, &one, &err));
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, one, NULL, &err));
    b2h_string_free(one);
    CHECK_STATUS(B2H_OK, b2h_mint_handle(client, "21.T12345/", values, NULL, &one, &err));
    CHECK(strncmp(one, "21.T12345/", 10) == 0 && strlen(one) == 10 + 36);
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, one, NULL, &err));
    b2h_string_free(one);
    CHECK_STATUS(B2H_OK, b2h_mint_handle(client, "21.T12345/my-", values, NULL, &one, &err));
    CHECK(strncmp(one, "21.T12345/my-", 13) == 0);
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, one, NULL, &err));
    b2h_string_free(one);
    CHECK_STATUS(B2H_INVALID_HANDLE, b2h_mint_handle(client, "21.T12345", values, NULL, &one, &err));
    b2h_values_free(values);
}

static void permissions(void)
{
    char *text = NULL;
    uint32_t bits = 0;

    CHECK_STATUS(B2H_OK, b2h_permissions_format(B2H_MAY_AS_OWNER, B2H_ORDER_JSON, &text, &err));
    CHECK(strcmp(text, "011111110011") == 0);
    b2h_string_free(text);
    CHECK_STATUS(B2H_OK, b2h_permissions_parse("110011111110", B2H_ORDER_BATCH, &bits, &err));
    CHECK(bits == B2H_MAY_AS_OWNER);
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_permissions_parse("11001111111", B2H_ORDER_BATCH, &bits, &err));
    CHECK(bits == 0);
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_permissions_parse("110011111110", 2, &bits, &err));
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_permissions_format(4096, B2H_ORDER_JSON, &text, &err));
}

/* What servers would misunderstand never reaches them. */
static void bad_values(void)
{
    static char large[1048578];
    b2h_values *values = new_values();

    memset(large, 'x', sizeof large - 1);
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_values_set_ttl(values, 1, &err));
    CHECK_STATUS(B2H_VALUE_TOO_LARGE, b2h_values_add_text(values, 0, "X", large, &err));
    CHECK_STATUS(B2H_VALUE_TOO_LARGE,
                 b2h_values_add_bytes(values, 0, "X", (const uint8_t *)large, 1048577, &err));
    CHECK_STATUS(B2H_INVALID_VALUE, b2h_values_add_text(values, 0x80000000u, "X", "x", &err));
    CHECK_STATUS(B2H_INVALID_VALUE,
                 b2h_values_add_json(values, "{\"index\": -1, \"type\": \"X\", \"data\": \"\"}", &err));
    CHECK_STATUS(B2H_INVALID_VALUE,
                 b2h_values_add_json(values, "{\"index\": 0, \"type\": \"X\", \"data\": \"\"}", &err));
    CHECK_STATUS(B2H_INVALID_VALUE,
                 b2h_values_add_admin(values, 0, "300:21.T12345/U", "0111111100110", &err));
    CHECK_STATUS(B2H_INVALID_VALUE, b2h_values_add_admin(values, 0, "300:21.T12345/U", "01111111001x", &err));
    CHECK_STATUS(B2H_NOT_ALLOWED, b2h_values_add_text(values, 0, "HS_ADMIN", "x", &err));
    CHECK(b2h_values_count(values) == 0);
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0x7fffffff, "X", "x", &err));
    CHECK_STATUS(B2H_INVALID_VALUE, b2h_values_add_text(values, 0x7fffffff, "Y", "y", &err));
    CHECK_STATUS(B2H_INVALID_VALUE, b2h_values_set_ttl(values, -1, &err));
    CHECK_STATUS(B2H_INVALID_VALUE, b2h_values_set_ttl(values, 0x80000000LL, &err));
    CHECK_STATUS(B2H_INVALID_VALUE, b2h_values_set_permissions(values, "11100", &err));
    large[1048576] = '\0';
    CHECK_STATUS(B2H_OK, b2h_values_add_text(values, 0, "LARGEST", large, &err));
    CHECK_STATUS(B2H_OK, b2h_register_values(client, "21.T12345/LARGEST", values, NULL, NULL, &err));
    CHECK_STATUS(B2H_OK, b2h_delete_handle(client, "21.T12345/LARGEST", NULL, &err));
    b2h_values_free(values);
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    client = client_from(argv[1]);
    everything_comes_back();
    parts_and_views();
    changes();
    names();
    permissions();
    bad_values();
    b2h_client_free(client);
    return 0;
}
