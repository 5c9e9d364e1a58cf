/*
 * HS_ADMIN values, with modify_HS_ADMIN set: they can be changed, and the last useful one is not lost by
 * accident.
 *
 *     admins CREDENTIALS
 */
#include "check.h"

static const char HANDLE[] = "21.T12345/ADMINS";
static b2h_client *client;

static b2h_status set_admin(uint32_t index, const char *permissions, int32_t change, uint32_t flags)
{
    b2h_call_options options = B2H_CALL_OPTIONS_INIT;
    b2h_values *values = NULL;
    b2h_status status;

    options.flags = flags;
    CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
    CHECK_STATUS(B2H_OK, b2h_values_add_admin(values, index, "300:21.T12345/USER01", permissions, &err));
    status = b2h_modify_values(client, HANDLE, values, change, &options, &err);
    b2h_values_free(values);
    return status;
}

int main(int argc, char **argv)
{
    const char *const types[] = {"HS_ADMIN"};
    const uint32_t first = 100, second = 101;
    b2h_call_options force = B2H_CALL_OPTIONS_INIT;
    char *text = NULL;
    size_t count;

    CHECK(argc == 2);
    client = client_from(argv[1]);
    force.flags = B2H_FORCE_ADMIN;
    CHECK_STATUS(B2H_OK, b2h_register_handle(client, HANDLE, "http://x/", NULL, NULL, &err));

    /* Without modify_admin nobody could repair the Handle. */
    CHECK_STATUS(B2H_NOT_ALLOWED, set_admin(0, "011101110011", B2H_MODIFY_OR_ADD, 0));
    CHECK_STATUS(B2H_NOT_ALLOWED, b2h_delete_values(client, HANDLE, types, 1, NULL, NULL, &err));
    CHECK_STATUS(B2H_NOT_ALLOWED, b2h_delete_values_at(client, HANDLE, &first, 1, NULL, NULL, &err));
    CHECK_STATUS(B2H_OK, set_admin(0, "011111110010", B2H_MODIFY_OR_ADD, 0));
    CHECK_STATUS(B2H_OK, b2h_get_value(client, HANDLE, "HS_ADMIN", NULL, &text, &err));
    CHECK(strstr(text, "011111110010") != NULL);
    b2h_string_free(text);

    /* A second one goes to 101, and then one may go. */
    CHECK_STATUS(B2H_OK, set_admin(0, "011111110011", B2H_ADD_ONLY, 0));
    CHECK_STATUS(B2H_OK, b2h_delete_values_at(client, HANDLE, &first, 1, NULL, &count, &err));
    CHECK(count == 1);
    CHECK_STATUS(B2H_NOT_ALLOWED, b2h_delete_values_at(client, HANDLE, &second, 1, NULL, &count, &err));

    /* Unless it is meant. */
    CHECK_STATUS(B2H_OK, b2h_delete_values_at(client, HANDLE, &second, 1, &force, &count, &err));
    CHECK(count == 1);
    CHECK_STATUS(B2H_PERMISSION_DENIED, b2h_delete_handle(client, HANDLE, NULL, &err));
    b2h_client_free(client);
    return 0;
}
