/* What a faulty microservice may hand over: nothing of it crashes, and all of it is refused. */
#include "../../irods/include/b2handle_irods.h"

#include <stdio.h>
#include <string.h>

static int32_t told_code;
static int told;

static void tell(void *context, int32_t code, const char *text)
{
    (void)context;
    (void)text;
    told++;
    told_code = code;
}

#define IS(wanted, expression)                                                                               \
    do {                                                                                                     \
        const int32_t code = (expression);                                                                   \
        if (code != (wanted)) {                                                                              \
            printf("%s:%d: %d\n", __FILE__, __LINE__, code);                                                 \
            return 1;                                                                                        \
        }                                                                                                    \
    } while (0)

static char *out;

/* The code, where the output is as it must be. */
static int32_t text_is(int32_t code, const char *wanted)
{
    const int same = code == 0 ? out != NULL && strcmp(out, wanted) == 0 : out == NULL;
    b2h_irods_free(out);
    out = NULL;
    return same ? code : 1;
}

int main(void)
{
    b2h_irods_caller caller = B2H_IRODS_CALLER_INIT, small = B2H_IRODS_CALLER_INIT;
    const char *odd[] = {"URL", "x", "EMAIL"}, *twice[] = {"URL", "x", "URL", "y"}, *bad[] = {"\xff", NULL};
    const char *keys[] = {"a \"quote\"", "b"}, *values[] = {"back\\slash\n", "\xc3\xa4"};
    b2h_irods_free(NULL);
    if (strcmp(b2h_irods_version(), "0.1.0") != 0)
        return 1;

    /* All members NULL: nobody to tell, no name, no rights. */
    IS(B2H_IRODS_SYS_USER_NO_PERMISSION, text_is(b2h_irods_get(&caller, "21.T12345/x", "", &out), ""));
    IS(B2H_IRODS_SYS_USER_NO_PERMISSION, text_is(b2h_irods_check(&caller, &out), ""));
    caller.is_admin = 2;
    IS(B2H_IRODS_SYS_USER_NO_PERMISSION, b2h_irods_delete(&caller, "21.T12345/x"));
    caller.is_admin = 1;
    caller.tell = tell;
    IS(B2H_IRODS_SYS_INTERNAL_NULL_INPUT_ERR, b2h_irods_get(NULL, "21.T12345/x", "", &out));
    IS(B2H_IRODS_SYS_INTERNAL_NULL_INPUT_ERR, b2h_irods_get(&caller, "21.T12345/x", "", NULL));
    IS(B2H_IRODS_SYS_INTERNAL_NULL_INPUT_ERR, b2h_irods_modify(NULL, "21.T12345/x", "{}"));
    small.struct_size = 8;
    IS(B2H_IRODS_SYS_INTERNAL_NULL_INPUT_ERR, b2h_irods_delete(&small, "21.T12345/x"));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, text_is(b2h_irods_register(&caller, NULL, "{}", &out), ""));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, text_is(b2h_irods_register(&caller, "", NULL, &out), ""));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, text_is(b2h_irods_get(&caller, "21.T12345/x", NULL, &out), ""));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, b2h_irods_modify(&caller, "21.T12345/x", NULL));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, b2h_irods_unset(&caller, NULL, "URL"));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, b2h_irods_delete(&caller, NULL));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, text_is(b2h_irods_search(&caller, NULL, &out), ""));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, text_is(b2h_irods_move(&caller, "/z/a", NULL, &out), ""));
    IS(B2H_IRODS_SYS_INVALID_INPUT_PARAM, text_is(b2h_irods_get(&caller, "21.T12345/\xe4", "", &out), ""));
    IS(B2H_IRODS_SYS_INVALID_INPUT_PARAM, text_is(b2h_irods_move(&caller, "/z/a", "/z/\xe4", &out), ""));

    IS(0, text_is(b2h_irods_json_object(&caller, NULL, NULL, 0, &out), "{}"));
    IS(0, text_is(b2h_irods_json_object(&caller, keys, values, 2, &out),
                  "{\"a \\\"quote\\\"\":\"back\\\\slash\\n\",\"b\":\"\xc3\xa4\"}"));
    IS(0, text_is(b2h_irods_json_pairs(&caller, odd, 2, &out), "{\"URL\":\"x\"}"));
    IS(0, text_is(b2h_irods_json_list(&caller, odd, 3, &out), "[\"URL\",\"x\",\"EMAIL\"]"));
    IS(0, text_is(b2h_irods_json_list(&caller, NULL, 0, &out), "[]"));
    told = 0;
    IS(B2H_IRODS_SYS_INVALID_INPUT_PARAM, text_is(b2h_irods_json_pairs(&caller, odd, 3, &out), ""));
    IS(B2H_IRODS_SYS_INVALID_INPUT_PARAM, text_is(b2h_irods_json_pairs(&caller, twice, 4, &out), ""));
    IS(B2H_IRODS_SYS_INVALID_INPUT_PARAM, text_is(b2h_irods_json_list(&caller, bad, 2, &out), ""));
    IS(B2H_IRODS_SYS_INVALID_INPUT_PARAM, text_is(b2h_irods_json_object(&caller, bad, bad, 1, &out), ""));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, b2h_irods_wrong_type(&caller, "values", "INT_PI", "a string"));
    IS(B2H_IRODS_USER_PARAM_TYPE_ERR, b2h_irods_wrong_type(&caller, NULL, NULL, NULL));
    return told == 6 && told_code == B2H_IRODS_USER_PARAM_TYPE_ERR ? 0 : 1;
}
