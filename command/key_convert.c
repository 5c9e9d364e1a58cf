/* What b2h key makes of a key: other files, a certificate, a value. */
#include "json.h"
#include "key_file.h"
#include "keys.h"
#include "report.h"
#include "terminal.h"

#include <string.h>

/* Writes a key in the format that the options name. */
static int write_as(const struct options *options, b2h_key *key, const char *passphrase)
{
    b2h_error *error = NULL;
    uint8_t *bytes = NULL;
    char *pem = NULL;
    size_t length = 0;
    b2h_status outcome = options->handle_format ? b2h_key_to_handle(key, passphrase, &bytes, &length, &error)
                                                : b2h_key_to_pem(key, passphrase, &pem, &error);
    int status;

    if (outcome != B2H_OK)
        status = fail(options, NULL, error);
    else if (pem != NULL)
        status = key_write(options, (const uint8_t *)pem, strlen(pem), b2h_key_is_private(key), 1);
    else
        status = key_write(options, bytes, length, b2h_key_is_private(key), 0);
    b2h_string_free(pem);
    b2h_bytes_free(bytes);
    return status;
}

int key_convert(const struct options *options, b2h_key *key)
{
    struct passphrase passphrase;
    const char *text = NULL;
    int status = DONE;

    if (b2h_key_is_private(key)) {
        if (options->output == NULL)
            return key_write(options, NULL, 0, 1, 1);
        text = new_passphrase(options, &passphrase, &status);
    }
    if (status == DONE)
        status = write_as(options, key, text);
    wipe(&passphrase, sizeof passphrase);
    return status;
}

int key_public(const struct options *options, b2h_key *key)
{
    b2h_error *error = NULL;
    b2h_key *half = NULL;
    int status;

    if (b2h_key_public(key, &half, &error) != B2H_OK)
        return fail(options, NULL, error);
    status = write_as(options, half, NULL);
    b2h_key_free(half);
    return status;
}

int key_value(const struct options *options, b2h_key *key)
{
    b2h_error *error = NULL;
    uint8_t *bytes = NULL;
    size_t length = 0;

    if (b2h_key_public_value(key, &bytes, &length, &error) != B2H_OK)
        return fail(options, NULL, error);
    json_open('{');
    if (options->index > 0) {
        json_key("index");
        json_number(options->index);
    }
    json_member("type", "HS_PUBKEY");
    json_key("data");
    json_open('{');
    json_member("format", "base64");
    json_key("value");
    json_base64(bytes, length);
    json_close('}');
    json_end();
    b2h_bytes_free(bytes);
    return DONE;
}

int key_certificate(const struct options *options, b2h_key *key, const char *identity)
{
    b2h_error *error = NULL;
    char *pem = NULL;
    int status;

    if (b2h_key_certificate(key, identity, &pem, &error) != B2H_OK)
        return fail(options, NULL, error);
    status = key_write(options, (const uint8_t *)pem, strlen(pem), 0, 1);
    b2h_string_free(pem);
    return status;
}
