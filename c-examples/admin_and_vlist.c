/* Says who may change a Handle: an administrator of one's own choice, and a list of users that can grow and
 * shrink. */
#include "example.h"

int main(int argc, char **argv)
{
    b2h_client *client = example_client(argc, argv);
    char *handle = example_handle(client), *user = NULL, *permissions = NULL;
    const char *members[1];
    b2h_values *values = NULL;
    b2h_record *record = NULL;
    b2h_error *error = NULL;

    ok(b2h_client_setting(client, "username", &user, &error), &error);
    /* 12 characters of 0 and 1: what owners usually may, and to list Handles. */
    ok(b2h_permissions_format(B2H_MAY_AS_OWNER | B2H_MAY_LIST_HANDLES, B2H_ORDER_JSON, &permissions, &error),
       &error);
    printf("%s may %s\n", user, permissions);

    /* Without an HS_ADMIN value in the list, the library adds one for the owner in the credentials. */
    members[0] = user;
    ok(b2h_values_new(&values, &error), &error);
    ok(b2h_values_add_text(values, 0, "URL", "https://www.example.org/", &error), &error);
    ok(b2h_values_add_admin(values, 0, user, permissions, &error), &error);
    ok(b2h_values_add_vlist(values, 200, members, 1, &error), &error);

    if (ok(b2h_register_values(client, handle, values, NULL, NULL, &error), &error)) {
        ok(b2h_add_to_vlist(client, handle, 200, "300:21.T12345/COLLEAGUE", NULL, &error), &error);
        ok(b2h_remove_from_vlist(client, handle, 200, user, NULL, &error), &error);

        ok(b2h_get_record(client, handle, NULL, &record, &error), &error);
        const char *admin = b2h_value_text(b2h_record_value_at(record, 100));
        const char *list = b2h_value_text(b2h_record_value_at(record, 200));
        expect(admin != NULL && strstr(admin, permissions) != NULL, "the administrator has the permissions");
        expect(list != NULL && strstr(list, "COLLEAGUE") != NULL, "the colleague is on the list");
        if (admin != NULL && list != NULL)
            printf("%s: administrator %s, list %s\n", handle, admin, list);
        b2h_record_free(record);

        /* Administrators are protected: without one nobody could change the Handle any more. */
        static const char *const types[] = {"HS_ADMIN"};
        expect(b2h_delete_values(client, handle, types, 1, NULL, NULL, NULL) == B2H_NOT_ALLOWED, "protected");

        ok(b2h_delete_handle(client, handle, NULL, &error), &error);
    }
    b2h_values_free(values);
    b2h_string_free(permissions);
    b2h_string_free(user);
    b2h_string_free(handle);
    return example_end(client);
}
