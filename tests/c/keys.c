/*
 * Key files: looks at them, converts them, makes a certificate and registers a key.
 *
 *     keys KEYS FOLDER CREDENTIALS
 *
 * KEYS has the throw-away keys of crates/client/tests/keys; what is made goes to FOLDER.
 */
#include "check.h"

#include <sys/stat.h>

static const char PASSPHRASE[] = "throw-away";
static const char IDENTITY[] = "301:21.T12345/USER01";
static const char *keys, *folder;

static const char *in(const char *where, const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", where, name);
    return path;
}

static b2h_key *read_key(const char *name, const char *passphrase)
{
    b2h_key *key = NULL;
    CHECK_STATUS(B2H_OK, b2h_key_read(in(keys, name), passphrase, &key, &err));
    return key;
}

static void save(const char *name, const void *bytes, size_t length)
{
    struct stat status;
    CHECK_STATUS(B2H_OK, b2h_key_save(in(folder, name), bytes, length, &err));
    CHECK(stat(in(folder, name), &status) == 0 && (status.st_mode & 0777) == 0600);
    CHECK(status.st_size == (off_t)length);
    CHECK_STATUS(B2H_KEY_UNREADABLE, b2h_key_save(in(folder, name), bytes, length, &err));
}

static void fails(b2h_status expected, const char *name, const char *passphrase, const char *said)
{
    b2h_key *key = NULL;
    CHECK(b2h_key_read(in(keys, name), passphrase, &key, &err) == expected && key == NULL);
    CHECK(strstr(b2h_error_message(err), name) != NULL && strstr(b2h_error_message(err), said) != NULL);
    CHECK(strstr(b2h_error_message(err), PASSPHRASE) == NULL);
    b2h_error_free(err);
    err = NULL;
}

/* Without a passphrase one sees what it is; with it, everything works. */
static void locked(void)
{
    b2h_key *key = read_key("rsa.encrypted.aes-256-cbc.pem", NULL), *public_key = NULL;
    uint8_t *bytes = NULL;
    size_t length = 0;
    char *text = NULL;

    CHECK(b2h_key_is_private(key) && b2h_key_is_locked(key));
    CHECK(strcmp(b2h_key_format(key), "encrypted PKCS#8 private key") == 0);
    CHECK(strcmp(b2h_key_encryption(key), "AES-256-CBC, PBKDF2") == 0);
    CHECK(b2h_key_algorithm(key) == NULL && b2h_key_bits(key) == 0);
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_key_to_handle(key, NULL, &bytes, &length, &err));
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_key_to_pem(key, NULL, &text, &err));
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_key_public(key, &public_key, &err));
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_key_public_value(key, &bytes, &length, &err));
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_key_fingerprint(key, &text, &err));
    CHECK_STATUS(B2H_PASSPHRASE_NEEDED, b2h_key_certificate(key, IDENTITY, &text, &err));
    CHECK(bytes == NULL && length == 0 && text == NULL && public_key == NULL);
    b2h_key_free(key);

    key = read_key("rsa.encrypted.aes-256-cbc.pem", PASSPHRASE);
    CHECK(b2h_key_is_private(key) && !b2h_key_is_locked(key) && b2h_key_encryption(key) != NULL);
    CHECK(strcmp(b2h_key_algorithm(key), "RSA") == 0 && b2h_key_bits(key) == 1024);
    b2h_key_free(key);
}

static void unusable(void)
{
    b2h_key *key = NULL;
    char *text = NULL;

    fails(B2H_PASSPHRASE_WRONG, "rsa.encrypted.aes-256-cbc.pem", "wrong", "damaged");
    fails(B2H_PASSPHRASE_WRONG, "dsa.encrypted.der", "", "damaged");
    fails(B2H_KEY_UNREADABLE, "no-such-file", NULL, "There is no such file");
    fails(B2H_KEY_UNREADABLE, ".", NULL, "folder");
    fails(B2H_KEY_INVALID, "make.sh", NULL, "not a key");
    fails(B2H_KEY_INVALID, "ec.pem", NULL, "Make an RSA key");
    fails(B2H_KEY_INVALID, "rsa.unsupported.traditional.pem", PASSPHRASE, "openssl pkcs8");
    CHECK_STATUS(B2H_KEY_INVALID, b2h_key_from_bytes(NULL, 0, NULL, &key, &err));

    key = read_key("rsa.certificate.pem", NULL);
    CHECK(!b2h_key_is_private(key) && !b2h_key_is_locked(key));
    CHECK_STATUS(B2H_KEY_INVALID, b2h_key_certificate(key, IDENTITY, &text, &err));
    b2h_key_free(key);
    key = read_key("rsa.pem", NULL);
    CHECK_STATUS(B2H_KEY_INVALID, b2h_key_identity(key, &text, &err));
    CHECK_STATUS(B2H_INVALID_ARGUMENT, b2h_key_certificate(key, "USER01", &text, &err));
    CHECK(text == NULL);
    b2h_key_free(key);
}

/* NAME.pem to the Handle format and back, each with and without a passphrase, into FOLDER. */
static void convert(const char *name)
{
    static const char *const passphrases[] = {NULL, "p\xc3\xa4ss \xe2\x82\xac"};
    char file[64], *pem = NULL;
    uint8_t *bytes = NULL;
    size_t length = 0, at;

    snprintf(file, sizeof file, "%s.pem", name);
    for (at = 0; at < 2; at++) {
        b2h_key *key = read_key(file, NULL), *again = NULL;
        CHECK_STATUS(B2H_OK, b2h_key_to_handle(key, passphrases[at], &bytes, &length, &err));
        CHECK_STATUS(B2H_OK, b2h_key_from_bytes(bytes, length, passphrases[at], &again, &err));
        CHECK(strcmp(b2h_key_format(again), "Handle private key") == 0);
        CHECK((b2h_key_encryption(again) == NULL) == (passphrases[at] == NULL));
        CHECK_STATUS(B2H_OK, b2h_key_to_pem(again, passphrases[at], &pem, &err));
        snprintf(file, sizeof file, "%s.%s.pem", name, passphrases[at] == NULL ? "plain" : "encrypted");
        save(file, pem, strlen(pem));
        b2h_bytes_free(bytes);
        b2h_string_free(pem);
        b2h_key_free(again);
        b2h_key_free(key);
        snprintf(file, sizeof file, "%s.pem", name);
    }
}

/* A certificate for NAME.pem, into FOLDER. Returns the data of the HS_PUBKEY value. */
static uint8_t *certify(const char *name, size_t *length)
{
    char file[64], *pem = NULL, *text = NULL, *same = NULL;
    b2h_key *key = NULL, *certificate = NULL, *public_key = NULL, *other = NULL;
    uint8_t *value = NULL, *handle = NULL;
    size_t handle_length = 0;

    snprintf(file, sizeof file, "%s.pem", name);
    key = read_key(file, NULL);
    CHECK_STATUS(B2H_OK, b2h_key_certificate(key, IDENTITY, &pem, &err));
    snprintf(file, sizeof file, "%s.certificate.pem", name);
    save(file, pem, strlen(pem));
    CHECK_STATUS(B2H_OK, b2h_key_from_bytes((const uint8_t *)pem, strlen(pem), NULL, &certificate, &err));
    b2h_string_free(pem);
    CHECK(strcmp(b2h_key_format(certificate), "X.509 certificate") == 0 && !b2h_key_is_private(certificate));
    CHECK_STATUS(B2H_OK, b2h_key_identity(certificate, &text, &err));
    CHECK(strcmp(text, IDENTITY) == 0);
    b2h_string_free(text);

    /* The same key, however one looks at it. */
    CHECK_STATUS(B2H_OK, b2h_key_public(certificate, &public_key, &err));
    CHECK(!b2h_key_is_private(public_key));
    CHECK_STATUS(B2H_OK, b2h_key_fingerprint(key, &text, &err));
    CHECK_STATUS(B2H_OK, b2h_key_fingerprint(public_key, &same, &err));
    CHECK(strcmp(text, same) == 0 && strncmp(text, "sha256:", 7) == 0 && strlen(text) == 7 + 64);
    printf("%s %s\n", name, text);
    b2h_string_free(text);
    b2h_string_free(same);
    CHECK_STATUS(B2H_OK, b2h_key_public_value(key, &value, length, &err));
    CHECK_STATUS(B2H_OK, b2h_key_to_handle(public_key, NULL, &handle, &handle_length, &err));
    CHECK(*length == handle_length && memcmp(value, handle, handle_length) == 0);
    b2h_bytes_free(handle);
    CHECK_STATUS(B2H_OK, b2h_key_from_bytes(value, *length, NULL, &other, &err));
    CHECK_STATUS(B2H_OK, b2h_key_to_pem(other, NULL, &pem, &err));
    CHECK(strncmp(pem, "-----BEGIN PUBLIC KEY-----\n", 27) == 0);
    b2h_string_free(pem);

    b2h_key_free(other);
    b2h_key_free(public_key);
    b2h_key_free(certificate);
    b2h_key_free(key);
    return value;
}

/* Private key and certificate in one file must belong together. */
static void together(void)
{
    b2h_key *key = NULL;
    char *private_key = NULL, both[8192];
    b2h_key *rsa = read_key("rsa.pem", NULL), *other = read_key("rsa.e3.pem", NULL);
    const b2h_key *const pair[] = {rsa, other};
    char *certificate = NULL;
    size_t at;

    CHECK_STATUS(B2H_OK, b2h_key_to_pem(rsa, NULL, &private_key, &err));
    for (at = 0; at < 2; at++) {
        CHECK_STATUS(B2H_OK, b2h_key_certificate(pair[at], IDENTITY, &certificate, &err));
        snprintf(both, sizeof both, "%s%s", certificate, private_key);
        CHECK_STATUS(at == 0 ? B2H_OK : B2H_KEY_MISMATCH,
                     b2h_key_from_bytes((const uint8_t *)both, strlen(both), NULL, &key, &err));
        CHECK((key != NULL) == (at == 0));
        b2h_key_free(key);
        b2h_string_free(certificate);
    }
    b2h_string_free(private_key);
    b2h_key_free(rsa);
    b2h_key_free(other);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"rsa", "dsa"};
    b2h_client *client = NULL;
    b2h_values *values = NULL;
    size_t at;

    CHECK(argc == 4);
    keys = argv[1];
    folder = argv[2];
    locked();
    unusable();
    together();

    client = client_from(argv[3]);
    CHECK_STATUS(B2H_OK, b2h_values_new(&values, &err));
    for (at = 0; at < 2; at++) {
        size_t length = 0;
        uint8_t *value = certify(names[at], &length);
        CHECK_STATUS(B2H_OK,
                     b2h_values_add_bytes(values, 301 + (uint32_t)at, "HS_PUBKEY", value, length, &err));
        b2h_bytes_free(value);
        convert(names[at]);
    }
    CHECK_STATUS(B2H_OK, b2h_register_values(client, "21.T12345/KEYS", values, NULL, NULL, &err));
    b2h_values_free(values);
    b2h_client_free(client);
    b2h_bytes_free(NULL);
    b2h_key_free(NULL);
    return 0;
}
