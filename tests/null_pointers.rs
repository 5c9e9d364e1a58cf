//! A NULL in every pointer position of every function of the header: required ones give a status and a message
//! that names the argument, and touch no output; allowed ones do not crash.

mod common;

use common::Server;
use common::header::{self, Function, Parameter};
use std::fmt::Write;

#[test]
fn null_is_refused_or_allowed_as_the_header_says() {
    let header = std::fs::read_to_string(common::root().join("include/b2handle.h")).unwrap();
    let functions = header::functions(&header);
    let positions: usize =
        functions.iter().map(|f| f.parameters.iter().filter(|p| is_pointer(p)).count()).sum();
    assert!(positions > 100, "the header was not understood: {functions:?}");

    let server = Server::start();
    let source = server.folder.path().join("null_pointers.c");
    std::fs::write(&source, program(&functions)).unwrap();
    let program = common::compile(&source, "null_pointers");
    let checked = common::run(&program, &[server.credentials("")]);
    assert_eq!(checked.trim(), format!("{positions} positions"));
}

fn is_pointer(parameter: &Parameter) -> bool {
    parameter.kind.ends_with('*')
}

fn is_output(parameter: &Parameter) -> bool {
    parameter.kind.ends_with("**") || ["int32_t*", "uint32_t*", "size_t*"].contains(&parameter.kind.as_str())
}

/// A list may be NULL only without elements, and here its count is 1. Several lists may share a count. (A text before a
/// number is no list.)
fn is_list(function: &Function, at: usize) -> bool {
    let kind = &function.parameters[at].kind;
    let count = function.parameters[at..].iter().find(|parameter| parameter.kind != *kind);
    !kind.ends_with("**") && kind != "const char*" && count.is_some_and(|next| next.kind == "size_t")
}

/// A valid argument for a parameter.
fn argument(parameter: &Parameter, free: bool) -> &'static str {
    match parameter.kind.as_str() {
        "b2h_client*" if free => "make_client()",
        "b2h_error*" if free => "make_error()",
        "char*" if free => "make_string()",
        "b2h_client*" | "const b2h_client*" => "client",
        "const b2h_error*" => "failure",
        "const char*" if parameter.name == "json" => "\"{}\"",
        "const char*" if parameter.name == "path" => "credentials",
        "const char*" if parameter.name == "key" => "\"prefix\"",
        "const char*" if parameter.name == "prefix" => "\"21.T12345\"",
        "const char*" => "\"21.T12345/NULL-POINTERS\"",
        "const b2h_call_options*" => "&options",
        "b2h_stats*" => "&stats",
        "b2h_client**" => "&out_client",
        "char**" if parameter.name == "out_prefix" => "&out_prefix",
        "char**" if parameter.name == "out_suffix" => "&out_suffix",
        "char**" => "&out_string",
        "b2h_error**" => "&err",
        "b2h_values*" if free => "make_values()",
        "b2h_record*" if free => "make_record()",
        "b2h_config*" if free => "make_config()",
        "b2h_locations*" if free => "make_locations()",
        "const b2h_locations*" => "locations",
        "b2h_locations**" => "&out_locations",
        "const char*const*" if parameter.name == "attribute_names" => "names",
        "b2h_check*" if free => "make_check()",
        "b2h_results*" if free => "make_results()",
        "b2h_handles*" if free => "make_handles()",
        "b2h_cursor*" if free => "make_cursor()",
        "b2h_cursor*" => "cursor",
        "const b2h_handles*" => "handles",
        "b2h_handles**" => "&out_handles",
        "b2h_cursor**" => "&out_cursor",
        "b2h_key*" if free => "make_key()",
        "uint8_t*" if free => "make_bytes()",
        "b2h_config*" | "const b2h_config*" => "config",
        "const b2h_key*" => "key",
        "b2h_key**" => "&out_key",
        "uint8_t**" => "&out_bytes",
        "const b2h_check*" => "check",
        "const b2h_results*" => "results",
        "b2h_results**" => "&out_results",
        "b2h_config**" => "&out_config",
        "b2h_check**" => "&out_check",
        "b2h_values*" | "const b2h_values*" => "values",
        "const b2h_record*" => "record",
        "const b2h_value*" => "b2h_record_value(record, 0)",
        "b2h_log_callback" => "hear",
        "void*" => "&failures",
        "const char*const*" => "texts",
        "const uint32_t*" => "numbers",
        "const uint8_t*" => "bytes",
        "b2h_values**" => "&out_values",
        "b2h_cancel**" => "&out_cancel",
        "b2h_cancel*" if free => "make_cancel()",
        "const b2h_cancel*" => "cancel",
        "b2h_profile**" => "&out_profile",
        "b2h_profile*" if free => "make_profile()",
        "const b2h_profile*" => "profile",
        "b2h_record**" => "&out_record",
        "int32_t*" => "&out_number",
        "uint32_t*" => "&out_bits",
        "size_t*" => "&out_size",
        // A list of this many elements must not be NULL.
        "size_t" => "1",
        "b2h_passphrase_callback" => "NULL",
        "int32_t" | "uint32_t" | "int64_t" => "0",
        other => panic!("this test has no valid argument of type {other}: add one"),
    }
}

fn program(functions: &[Function]) -> String {
    let mut code = String::from(PREAMBLE);
    let mut positions = 0;
    for function in functions {
        let free = function.name.ends_with("_free");
        for null in (0..function.parameters.len()).filter(|at| is_pointer(&function.parameters[*at])) {
            positions += 1;
            let parameter = &function.parameters[null];
            let arguments: Vec<&str> = function
                .parameters
                .iter()
                .enumerate()
                .map(|(at, parameter)| if at == null { "NULL" } else { argument(parameter, free) })
                .collect();
            let call = format!("{}({})", function.name, arguments.join(", "));
            let place = format!("{} with {} = NULL", function.name, parameter.name);
            if function.returns != "b2h_status" {
                assert!(parameter.may_be_null, "{place}: a function without a status must allow it");
                writeln!(code, "    (void)0; {call};").unwrap();
            } else if parameter.may_be_null && !is_list(function, null) {
                writeln!(code, "    reset(); (void){call}; release();").unwrap();
            } else {
                writeln!(code, "    reset(); refused(\"{place}\", \"{}\", {call});", parameter.name).unwrap();
                let outputs = function.parameters.iter().enumerate();
                for (_, output) in
                    outputs.filter(|(at, output)| *at != null && output.name != "err" && is_output(output))
                {
                    let variable = argument(output, free).trim_start_matches('&');
                    writeln!(code, "    cleared(\"{place}\", {variable} == 0);").unwrap();
                }
            }
        }
    }
    writeln!(code, "    printf(\"%d positions\\n\", {positions});").unwrap();
    code.push_str(
        "    b2h_error_free(failure);\n    b2h_key_free(key);\n    b2h_check_free(check);\n    b2h_results_free(results);\n    b2h_handles_free(handles);\n    b2h_cursor_free(cursor);\n    b2h_cancel_free(cancel);\n    b2h_profile_free(profile);\n    b2h_config_free(config);\n    b2h_locations_free(locations);\n    b2h_record_free(record);\n    b2h_values_free(values);\n    b2h_client_free(client);\n    return failures != 0;\n}\n",
    );
    code
}

const PREAMBLE: &str = r#"
#include <b2handle.h>
#include <stdio.h>
#include <string.h>

static const char *credentials;
static b2h_client *client, *out_client;
static b2h_values *values, *out_values;
static b2h_record *record, *out_record;
static b2h_config *config, *out_config;
static b2h_check *check, *out_check;
static b2h_results *results, *out_results;
static b2h_handles *handles, *out_handles;
static b2h_cursor *cursor, *out_cursor;
static b2h_locations *locations, *out_locations;
static const char *const names[] = {"note"};
static b2h_cancel *cancel, *out_cancel;
static b2h_profile *profile, *out_profile;
static b2h_key *key, *out_key;
static uint8_t *out_bytes;
static const char *const texts[] = {"300:21.T12345/USER01"};
static const uint32_t numbers[] = {7};
static const uint8_t bytes[] = {1};
static int32_t out_number;
static uint32_t out_bits;
static size_t out_size;
static b2h_error *failure, *err;
static char *out_string, *out_prefix, *out_suffix;
static b2h_call_options options = B2H_CALL_OPTIONS_INIT;
static b2h_stats stats = B2H_STATS_INIT;
static int failures;

#define JUNK(type) ((type *)(void *)&failures)

static void hear(int32_t level, const char *message, void *user_data)
{
    (void)level;
    (void)message;
    (void)user_data;
}

static b2h_client *make_client(void)
{
    b2h_client *made = NULL;
    b2h_client_from_json_text("{}", &made, NULL);
    return made;
}

static b2h_error *make_error(void)
{
    b2h_error *made = NULL;
    b2h_client *none = NULL;
    b2h_client_from_json_text("", &none, &made);
    return made;
}

static char *make_string(void)
{
    char *made = NULL;
    b2h_client_setting(client, "prefix", &made, NULL);
    return made;
}

static b2h_values *make_values(void)
{
    b2h_values *made = NULL;
    b2h_values_new(&made, NULL);
    return made;
}

static b2h_record *make_record(void)
{
    b2h_record *made = NULL;
    b2h_get_record(client, "21.T12345/EXAMPLE", NULL, &made, NULL);
    return made;
}

static b2h_config *make_config(void)
{
    b2h_config *made = NULL;
    b2h_config_new(&made, NULL);
    /* Nobody outside this machine is asked. */
    b2h_config_set(made, "proxy", "http://127.0.0.1:1", NULL);
    return made;
}

static b2h_cancel *make_cancel(void)
{
    b2h_cancel *made = NULL;
    b2h_cancel_new(&made, NULL);
    return made;
}

static b2h_profile *make_profile(void)
{
    b2h_profile *made = NULL;
    b2h_profile_built_in("eudat-v1", &made, NULL);
    return made;
}

static b2h_results *make_results(void)
{
    const char *handle = "21.T12345/EXAMPLE";
    b2h_results *made = NULL;
    b2h_get_records(client, &handle, 1, 0, NULL, &made, NULL);
    return made;
}

static b2h_check *make_check(void)
{
    b2h_check *made = NULL;
    b2h_client_check(client, NULL, &made, NULL);
    return made;
}

/* A public key. */
static const char jwk[] = "{\"kty\": \"RSA\", \"e\": \"AQAB\", \"n\": \""
    "zG0hlic8bV1FizVrGqqDVb_AA4s6IvMYlLh9pA6U-bvyIb5fCNf3zJO4h6dk9zeh8o5rSz5TTc2wtduuhAuQqSDyqi"
    "QtlPbzQNLgLeAmikknM7OrEDoo9ps9LWiUnKfX0wlnftoKnGdudjuJp9QRafG5fgkTDqQuiD6ez34jZO0"
    "\"}";

static b2h_key *make_key(void)
{
    b2h_key *made = NULL;
    b2h_key_from_bytes((const uint8_t *)jwk, sizeof jwk - 1, NULL, &made, NULL);
    return made;
}

static uint8_t *make_bytes(void)
{
    uint8_t *made = NULL;
    size_t length = 0;
    b2h_key_public_value(key, &made, &length, NULL);
    return made;
}

static b2h_handles *make_handles(void)
{
    b2h_handles *made = NULL;
    b2h_list_handles(client, "21.T12345", 0, NULL, &made, NULL);
    return made;
}

static b2h_cursor *make_cursor(void)
{
    b2h_cursor *made = NULL;
    b2h_list_open(client, "21.T12345", 0, &made, NULL);
    return made;
}

static b2h_locations *make_locations(void)
{
    b2h_locations *made = NULL;
    b2h_get_locations(client, "21.T12345/EXAMPLE", NULL, &made, NULL);
    return made;
}

/* Outputs hold junk, so that a function that does not clear them is found out. */
static void reset(void)
{
    out_client = JUNK(b2h_client);
    out_string = out_prefix = out_suffix = JUNK(char);
    out_values = JUNK(b2h_values);
    out_record = JUNK(b2h_record);
    out_config = JUNK(b2h_config);
    out_check = JUNK(b2h_check);
    out_results = JUNK(b2h_results);
    out_handles = JUNK(b2h_handles);
    out_cursor = JUNK(b2h_cursor);
    out_locations = JUNK(b2h_locations);
    out_cancel = JUNK(b2h_cancel);
    out_profile = JUNK(b2h_profile);
    out_key = JUNK(b2h_key);
    out_bytes = JUNK(uint8_t);
    out_number = 7;
    out_bits = 7;
    out_size = 7;
    err = NULL;
}

static void release(void)
{
    if (out_client != JUNK(b2h_client))
        b2h_client_free(out_client);
    if (out_string != JUNK(char))
        b2h_string_free(out_string);
    if (out_prefix != JUNK(char))
        b2h_string_free(out_prefix);
    if (out_suffix != JUNK(char))
        b2h_string_free(out_suffix);
    if (out_values != JUNK(b2h_values))
        b2h_values_free(out_values);
    if (out_record != JUNK(b2h_record))
        b2h_record_free(out_record);
    if (out_config != JUNK(b2h_config))
        b2h_config_free(out_config);
    if (out_profile != JUNK(b2h_profile))
        b2h_profile_free(out_profile);
    if (out_cancel != JUNK(b2h_cancel))
        b2h_cancel_free(out_cancel);
    if (out_check != JUNK(b2h_check))
        b2h_check_free(out_check);
    if (out_results != JUNK(b2h_results))
        b2h_results_free(out_results);
    if (out_handles != JUNK(b2h_handles))
        b2h_handles_free(out_handles);
    if (out_cursor != JUNK(b2h_cursor))
        b2h_cursor_free(out_cursor);
    if (out_locations != JUNK(b2h_locations))
        b2h_locations_free(out_locations);
    if (out_key != JUNK(b2h_key))
        b2h_key_free(out_key);
    if (out_bytes != JUNK(uint8_t))
        b2h_bytes_free(out_bytes);
    b2h_error_free(err);
}

static void refused(const char *place, const char *argument, b2h_status status)
{
    char expected[64];
    snprintf(expected, sizeof expected, "%s is NULL", argument);
    if (status != B2H_INVALID_ARGUMENT || err == NULL || strstr(b2h_error_message(err), expected) == NULL) {
        fprintf(stderr, "%s: %s (%s)\n", place, b2h_status_str(status), b2h_error_message(err));
        failures++;
    }
    if ((out_client != NULL && out_client != JUNK(b2h_client)) || (out_string != NULL && out_string != JUNK(char)) ||
        (out_prefix != NULL && out_prefix != JUNK(char)) || (out_suffix != NULL && out_suffix != JUNK(char)) ||
        (out_values != NULL && out_values != JUNK(b2h_values)) || (out_record != NULL && out_record != JUNK(b2h_record)) ||
        (out_config != NULL && out_config != JUNK(b2h_config)) || (out_check != NULL && out_check != JUNK(b2h_check)) ||
        (out_results != NULL && out_results != JUNK(b2h_results)) ||
        (out_handles != NULL && out_handles != JUNK(b2h_handles)) || (out_cursor != NULL && out_cursor != JUNK(b2h_cursor)) ||
        (out_locations != NULL && out_locations != JUNK(b2h_locations)) ||
        (out_key != NULL && out_key != JUNK(b2h_key)) || (out_bytes != NULL && out_bytes != JUNK(uint8_t))) {
        fprintf(stderr, "%s: an output was set\n", place);
        failures++;
    }
    b2h_error_free(err);
}

static void cleared(const char *place, int is_cleared)
{
    if (!is_cleared) {
        fprintf(stderr, "%s: an output was not cleared\n", place);
        failures++;
    }
}

int main(int argc, char **argv)
{
    (void)make_client;
    (void)make_error;
    (void)make_string;
    (void)make_values;
    (void)make_record;
    (void)make_config;
    (void)make_check;
    (void)make_handles;
    (void)make_cursor;
    (void)make_locations;
    (void)names;
    (void)locations;
    (void)make_cancel;
    (void)make_profile;
    (void)make_key;
    (void)make_bytes;
    (void)texts;
    (void)numbers;
    (void)bytes;
    (void)out_number;
    (void)out_bits;
    (void)out_size;
    if (argc != 2)
        return 2;
    credentials = argv[1];
    if (b2h_client_from_json(credentials, &client, NULL) != B2H_OK)
        return 3;
    options.timeout_ms = 5000;
    failure = make_error();
    values = make_values();
    record = make_record();
    config = make_config();
    check = make_check();
    results = make_results();
    handles = make_handles();
    cursor = make_cursor();
    locations = make_locations();
    cancel = make_cancel();
    profile = make_profile();
    key = make_key();
    if (locations == NULL || key == NULL || record == NULL || check == NULL || handles == NULL || cursor == NULL || b2h_values_add_text(values, 0, "URL", "http://x/", NULL) != B2H_OK)
        return 4;
"#;
