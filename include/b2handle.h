/*
 * libb2handle: create, read, change, find and delete persistent identifiers (Handles) on a Handle.Net server.
 *
 * This file is generated from the sources of the library. Do not edit it.
 *
 * CONVENTIONS
 *
 * Naming. Functions are b2h_<object>_<verb> or, for work on Handles, b2h_<verb>_<noun>; types b2h_<object>;
 * constants B2H_<NAME>. A Handle is a name prefix/suffix such as 21.T12345/abc. Its record holds values, each with
 * an index, a type such as URL, and data.
 *
 * Status. Every function that can fail returns a b2h_status: B2H_OK is 0, everything else is a failure. Test for
 * B2H_OK, and treat numbers you do not know as failures, since later versions may add some.
 * The numbers stay, and stand in blocks: 1-19 the call itself, 20-39 the configuration, 40-59 the way to the server,
 * 60-79 who may do it, 80-99 the record, 100-119 the server, from 900 on a fault of the library. New ones join them.
 *
 * Errors. The last argument of such a function is b2h_error **err. Pass NULL if the status is enough. Otherwise it
 * is set to NULL on success, and on failure to an object that holds the message and what is known about the
 * request, to be freed with b2h_error_free(). There is no "last error" anywhere. Messages are made for people,
 * name the Handle or the file, and never contain a secret; their wording may change in any version.
 *
 * Order of arguments: object, inputs, options, outputs, err.
 *
 * Outputs are set to NULL, numbers to 0, first and filled only on success. Where a function that failed may have
 * changed something on the server all the same, b2h_error_in_doubt() says so.
 *
 * NULL. Pointers must not be NULL unless their description says so; a NULL that is not allowed gives
 * B2H_INVALID_ARGUMENT. Every function that frees accepts NULL, and so do those that read errors, records, values,
 * findings, lists of Handles and the kind of a key.
 *
 * Ownership. What the library allocates, the library frees: strings with b2h_string_free(), bytes with
 * b2h_bytes_free(), objects with the function named after them, each exactly once, never with free(). Arguments are
 * read during the call only. Pointers that functions return directly (const char *) belong to their object, or are
 * static.
 *
 * Encoding. All text is NUL-terminated UTF-8; text that is not UTF-8 gives B2H_INVALID_ARGUMENT. Paths of files
 * and passphrases are bytes as they are. The locale does not matter.
 *
 * Threads. Any number of threads may use one b2h_client at once, without a lock. Each call blocks its caller only.
 * Free an object only when no thread uses it any more. The library has no threads of its own; a helper may run
 * inside the system's name resolver during a call, and ends with it (or, when the call gave up at its deadline, as
 * soon as the resolver returns). Addresses written as numbers need no helper.
 *
 * Log. Nothing is logged unless b2h_config_set_log() names a function to call. It is called by threads that are inside
 * a call of the library, and cannot call the library itself: that returns B2H_REENTRANT.
 *
 * Time. Every call ends: the whole call within timeout_ms, each attempt to connect within connect_timeout_ms, both
 * from the credentials or, for one call, from b2h_call_options. Times are milliseconds. Only the system's name
 * resolver may take longer, and only where the process may start no helper thread. A b2h_cancel ends calls from
 * elsewhere.
 *
 * Retries. While its time lasts, a call repeats reads that failed for a reason that passes (no connection, a broken
 * one, HTTP 429, 502 to 504, an internal error of the server once), at most max_retries times, after pauses that grow from
 * 0.1 to 5 seconds, plus what the server asks for. Writes are repeated only where they certainly were not carried
 * out: nothing was sent, or the Handle server said that it is too busy (HTTP 503 with response code 3). All calls of a
 * client together repeat one request for ten that the server answers, after a reserve of a hundred, so that a sick server is not
 * flooded. The log and b2h_client_stats() tell what was repeated.
 *
 * Doubt. When the reply to a write does not come, the write may have taken effect, or may still do so. Then the library
 * reads back what is there, for which it keeps a quarter of the call's time, at most 5 seconds: if that is what was to
 * be written, the call succeeds. If not, it fails and b2h_error_in_doubt() is 1, since a request may wait inside a server
 * for long. Such a write is never repeated by the library. Read the Handle before you do.
 *
 * fork(). A client may be used in a forked child: there it makes connections of its own and leaves those of its
 * parent alone. Freeing it in the child forgets what was inherited and closes nothing of the parent's. Other threads of
 * the parent may be in calls meanwhile. Do not fork from a signal handler.
 *
 * Signals. The library installs no signal handler, changes no disposition and no mask, and causes no SIGPIPE. No
 * function of the library but b2h_cancel_trigger() may be called from a signal handler.
 *
 * Descriptors. Where the host has closed descriptor 0, 1 or 2, the first call opens /dev/null there and leaves it, so
 * that nothing the host prints ends up in a connection.
 *
 * Environment. Its variables are read while a client is made, and by its first call in a forked child; later only the
 * C library reads them, to resolve names. Nothing changes them, the locale, the umask or the current folder.
 *
 * Floating point. During a call nothing traps in the calling thread; traps, flags and rounding are the caller's again
 * afterwards.
 *
 * Stack. 128 KiB are enough for every call.
 *
 * Output. Nothing is ever written to standard output or standard error.
 *
 * Bugs. A panic inside the library never leaves it: the call returns B2H_PANIC.
 *
 * Exit. When a thread ends or exit() has begun, only the free functions work; others return B2H_SHUTTING_DOWN. The
 * library does nothing on its own at exit.
 *
 * Memory. Freed memory is cleared first, since it may have held passwords. A reply that there is no memory for gives
 * B2H_NO_RESOURCES; a process that cannot have even a little is ended.
 *
 * Compatibility. Functions, constants and members of structs are only ever added; nothing that is there changes its
 * meaning within libb2handle.so.0.
 *
 * EXAMPLE
 *
 *     b2h_client *client = NULL;
 *     b2h_error *error = NULL;
 *     char *url = NULL;
 *     if (b2h_client_from_json("credentials.json", &client, &error) != B2H_OK ||
 *         b2h_get_value(client, "21.T12345/abc", "URL", NULL, &url, &error) != B2H_OK)
 *         fprintf(stderr, "%s\n", b2h_error_message(error));
 *     else
 *         printf("%s\n", url);
 *     b2h_string_free(url);
 *     b2h_error_free(error);
 *     b2h_client_free(client);
 */

#ifndef B2HANDLE_H
#define B2HANDLE_H

#include <stddef.h>
#include <stdint.h>

/** The version of this header. */
#define B2H_VERSION_MAJOR 0
#define B2H_VERSION_MINOR 1
#define B2H_VERSION_PATCH 0
/** major * 1000000 + minor * 1000 + patch, to compare with b2h_version_number(). */
#define B2H_VERSION_NUMBER 1000
#define B2H_VERSION_STRING "0.1.0"

/**
 * Registering replaces the whole record of a Handle that exists already, hidden values included.
 */
#define B2H_OVERWRITE 1

/**
 * Reading sends the credentials, and so sees values that are not public. The server then refuses the whole
 * read when one of the values may not be read by this identity.
 */
#define B2H_AUTHENTICATED 2

/**
 * Reading asks the server's own storage, not a cache of the server or of the client.
 */
#define B2H_AUTHORITATIVE 4

/**
 * HS_ADMIN values may be changed or deleted so that nobody is left who could repair the Handle. Also needs
 * modify_HS_ADMIN in the credentials. (B2H_OVERWRITE and b2h_put_values() write what they are given, unseen.)
 */
#define B2H_FORCE_ADMIN 8

/**
 * A search gives the values of the Handles too, as the reverse lookup tells them.
 */
#define B2H_WITH_RECORDS 16

/**
 * Something failed that no call reports.
 */
#define B2H_LOG_ERROR 1

/**
 * Something works, and should not be left as it is: a server that is not verified, a secret that others may read.
 */
#define B2H_LOG_WARNING 2

/**
 * What an operator may want to know.
 */
#define B2H_LOG_INFO 3

/**
 * Every single step.
 */
#define B2H_LOG_DEBUG 4

/**
 * As it should be.
 */
#define B2H_CHECK_GOOD 0

/**
 * Work that needs this will fail.
 */
#define B2H_CHECK_BAD 1

/**
 * It could not be found out.
 */
#define B2H_CHECK_UNKNOWN 2

/**
 * There is nothing to check.
 */
#define B2H_CHECK_NOT_CONFIGURED 3

/**
 * May create Handles under the prefix.
 */
#define B2H_MAY_CREATE_HANDLE 1

/**
 * May delete the Handle.
 */
#define B2H_MAY_DELETE_HANDLE 2

/**
 * May create derived prefixes.
 */
#define B2H_MAY_ADD_DERIVED_PREFIX 4

/**
 * May delete derived prefixes.
 */
#define B2H_MAY_DELETE_DERIVED_PREFIX 8

/**
 * May change values.
 */
#define B2H_MAY_MODIFY_VALUE 16

/**
 * May delete values.
 */
#define B2H_MAY_REMOVE_VALUE 32

/**
 * May add values.
 */
#define B2H_MAY_ADD_VALUE 64

/**
 * May change HS_ADMIN values.
 */
#define B2H_MAY_MODIFY_ADMIN 128

/**
 * May delete HS_ADMIN values.
 */
#define B2H_MAY_REMOVE_ADMIN 256

/**
 * May add HS_ADMIN values.
 */
#define B2H_MAY_ADD_ADMIN 512

/**
 * May read values that are not public.
 */
#define B2H_MAY_READ_VALUE 1024

/**
 * May list the Handles of the prefix.
 */
#define B2H_MAY_LIST_HANDLES 2048

/**
 * What owners of Handles usually may: all but to list Handles and what concerns derived prefixes. 011111110011 in JSON.
 */
#define B2H_MAY_AS_OWNER 2035

/**
 * The order of JSON: list_handles first, create_handle last.
 */
#define B2H_ORDER_JSON 0

/**
 * The order of batch files: create_handle first, list_handles last.
 */
#define B2H_ORDER_BATCH 1

/**
 * Change the value of a type, or add one where there is none.
 */
#define B2H_MODIFY_OR_ADD 0

/**
 * Change the value of a type; one that is not there is an error, and nothing is written.
 */
#define B2H_MODIFY_ONLY 1

/**
 * Add values beside those that are there.
 */
#define B2H_ADD_ONLY 2

/**
 * What became of a call. 0 is success; every other number is a failure, and the number never changes its
 * meaning. Later versions may add numbers, so treat unknown ones as failures.
 */
enum b2h_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * The call did what it says.
   */
  B2H_OK = 0,
  /**
   * An argument is NULL, not UTF-8, or means nothing.
   */
  B2H_INVALID_ARGUMENT = 1,
  /**
   * The text is not a Handle name.
   */
  B2H_INVALID_HANDLE = 2,
  /**
   * The server does not accept the value.
   */
  B2H_INVALID_VALUE = 3,
  /**
   * The value has more than 1 MiB, which would make the record unreadable. Nothing was sent.
   */
  B2H_VALUE_TOO_LARGE = 4,
  /**
   * Refused by the library, to protect the record.
   */
  B2H_NOT_ALLOWED = 5,
  /**
   * The library was called from inside one of its own calls.
   */
  B2H_REENTRANT = 6,
  /**
   * The thread or the process is ending; now only the free functions work.
   */
  B2H_SHUTTING_DOWN = 7,
  /**
   * The credentials file is missing or cannot be read.
   */
  B2H_CONFIG_UNREADABLE = 20,
  /**
   * The credentials are not well-formed JSON; the message names line and column.
   */
  B2H_CONFIG_SYNTAX = 21,
  /**
   * A key of the credentials is mistyped, missing, or its value cannot be used.
   */
  B2H_CONFIG_INVALID = 22,
  /**
   * A key or certificate file is missing, or may not be read or written.
   */
  B2H_KEY_UNREADABLE = 23,
  /**
   * The file is not a key, is damaged, or holds a key that Handle servers cannot use.
   */
  B2H_KEY_INVALID = 24,
  /**
   * The private key is encrypted, and no passphrase was given.
   */
  B2H_PASSPHRASE_NEEDED = 25,
  /**
   * The passphrase is wrong.
   */
  B2H_PASSPHRASE_WRONG = 26,
  /**
   * Private key and certificate do not belong together.
   */
  B2H_KEY_MISMATCH = 27,
  /**
   * The host name of the server cannot be resolved.
   */
  B2H_NAME_NOT_RESOLVED = 40,
  /**
   * Nothing accepts connections at the server's address.
   */
  B2H_UNREACHABLE = 41,
  /**
   * The TLS handshake failed, or the port does not speak TLS.
   */
  B2H_TLS_FAILED = 42,
  /**
   * The server's certificate is not trusted.
   */
  B2H_TLS_CERTIFICATE = 43,
  /**
   * The server's certificate is for another name.
   */
  B2H_TLS_NAME = 44,
  /**
   * The deadline passed.
   */
  B2H_TIMED_OUT = 45,
  /**
   * The connection broke while request or reply were under way.
   */
  B2H_CONNECTION_LOST = 46,
  /**
   * The process is out of descriptors or memory.
   */
  B2H_NO_RESOURCES = 47,
  /**
   * The call was ended by its cancel token. A write may have been carried out: see b2h_error_in_doubt().
   */
  B2H_CANCELLED = 48,
  /**
   * The server refused the credentials.
   */
  B2H_AUTHENTICATION_FAILED = 60,
  /**
   * Credentials are needed, and the client has none.
   */
  B2H_AUTHENTICATION_REQUIRED = 61,
  /**
   * The identity is known but lacks the right.
   */
  B2H_PERMISSION_DENIED = 62,
  /**
   * Credentials would have to travel over plain HTTP, or the server wants HTTPS.
   */
  B2H_INSECURE_TRANSPORT = 63,
  /**
   * The value exists and may be read by nobody.
   */
  B2H_VALUE_HIDDEN = 64,
  /**
   * There is no such Handle.
   */
  B2H_HANDLE_NOT_FOUND = 80,
  /**
   * The Handle exists already.
   */
  B2H_HANDLE_EXISTS = 81,
  /**
   * The Handle has no visible value of the type.
   */
  B2H_VALUE_NOT_FOUND = 82,
  /**
   * The value is binary and cannot be given as text.
   */
  B2H_VALUE_IS_BINARY = 83,
  /**
   * The record has several values where one was expected, or one that is not what its type says.
   */
  B2H_BROKEN_RECORD = 84,
  /**
   * The server cannot decode the record that it holds.
   */
  B2H_UNREADABLE_RECORD = 85,
  /**
   * The server does not serve this prefix.
   */
  B2H_PREFIX_NOT_SERVED = 86,
  /**
   * Somebody else changes the record at the same time.
   */
  B2H_CONFLICT = 87,
  /**
   * What answered is not the REST API of a Handle server.
   */
  B2H_NOT_A_HANDLE_SERVER = 100,
  /**
   * The server reports an error of its own.
   */
  B2H_SERVER_ERROR = 101,
  /**
   * The server is too busy now.
   */
  B2H_SERVER_BUSY = 102,
  /**
   * The server takes no changes now.
   */
  B2H_SERVER_READ_ONLY = 103,
  /**
   * The server did not accept the request.
   */
  B2H_REQUEST_REFUSED = 104,
  /**
   * The server's reply makes no sense.
   */
  B2H_UNEXPECTED_REPLY = 105,
  /**
   * The server's reply, or what was found, is larger than the library accepts.
   */
  B2H_REPLY_TOO_LARGE = 106,
  /**
   * There is no reverse lookup at the address.
   */
  B2H_NO_REVERSE_LOOKUP = 107,
  /**
   * A bug in the library was caught. The client can still be used and must still be freed.
   */
  B2H_PANIC = 900,
  /**
   * The library contradicts itself.
   */
  B2H_INTERNAL = 901,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum b2h_status b2h_status;
#else
typedef int32_t b2h_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A token that ends calls: give it to any number of calls in b2h_call_options, on any threads, and trigger it from
 * anywhere.
 */
typedef struct b2h_cancel b2h_cancel;

/**
 * What b2h_client_check() found out, one finding after another.
 */
typedef struct b2h_check b2h_check;

/**
 * A client of one Handle server, with one identity. Any number of threads may use it at once.
 */
typedef struct b2h_client b2h_client;

/**
 * Settings for a client, by the keys of the credentials JSON (see b2h_client_from_json()): from files, set one by
 * one, or both; what is set later counts. Only one thread may change it at a time.
 */
typedef struct b2h_config b2h_config;

/**
 * Where a search or a listing has got to, page by page. Only one thread may use it at a time. It may outlive its client,
 * and remembers about 32 bytes for each Handle it gave, so that none comes twice.
 */
typedef struct b2h_cursor b2h_cursor;

/**
 * Why a call failed. Made by a failing call whose last argument was not NULL; freed with b2h_error_free().
 * It never changes, may be read by several threads, and may outlive the client.
 */
typedef struct b2h_error b2h_error;

/**
 * Handles that were found by a search or a listing, each of them once. It does not change, may be used by several
 * threads, and may outlive its client.
 */
typedef struct b2h_handles b2h_handles;

/**
 * A private key, a public key or a certificate. It does not change and may be used by several threads. Its secrets are
 * cleared when it is freed.
 */
typedef struct b2h_key b2h_key;

/**
 * The locations of a Handle: what its 10320/LOC value says. They do not change, may be used by several threads, and
 * may outlive their client.
 *
 * Each location is a list of attributes. The Handle system knows these: href, the URL; id, a name for the location;
 * weight, from 0 to 1, how likely a resolver chooses it; country, a code of two letters, for users from there;
 * http_role, such as "conneg" for content negotiation. A value may have any others.
 */
typedef struct b2h_locations b2h_locations;

/**
 * A named set of values with placeholders in their data, which is filled for each Handle: a profile that comes with the
 * library, or one of your own. It is never changed, so any number of threads may use it at once.
 */
typedef struct b2h_profile b2h_profile;

/**
 * A record that was read, or a part of it. It does not change, may be used by several threads, and may outlive its
 * client.
 */
typedef struct b2h_record b2h_record;

/**
 * What became of each of several Handles, in the order in which they were given. It does not change, may be used by
 * several threads, and may outlive its client.
 */
typedef struct b2h_results b2h_results;

/**
 * A value of a record. It belongs to the record and is valid until the record is freed.
 */
typedef struct b2h_value b2h_value;

/**
 * A list of values to be written, which a program fills and then gives to b2h_register_values(), b2h_modify_values()
 * or b2h_put_values(), as often as it likes. Only one thread may change it at a time. What is said of no value (ttl,
 * permissions) stays as it is on the server, or is as usual: 86400 seconds, 1110.
 */
typedef struct b2h_values b2h_values;

/**
 * What a client has done so far, in this process: a forked child begins with zeros. Always initialise it with
 * B2H_STATS_INIT: later versions append members, and recognise older programs by struct_size.
 */
typedef struct {
  /**
   * sizeof(b2h_stats) of the program that calls; set by B2H_STATS_INIT.
   */
  size_t struct_size;
  /**
   * Requests, with repetitions, logins and those that could not be sent.
   */
  uint64_t requests;
  /**
   * Requests that repeated others.
   */
  uint64_t retries;
  /**
   * Connections made.
   */
  uint64_t connections;
  /**
   * Connections made because an earlier one was closed or broke; these are counted above, too.
   */
  uint64_t reconnects;
  /**
   * Bytes in the bodies of requests.
   */
  uint64_t bytes_sent;
  /**
   * Bytes in the bodies of replies.
   */
  uint64_t bytes_received;
  /**
   * Sessions opened with the server.
   */
  uint64_t logins;
  /**
   * Writes that may have taken effect or not: neither their reply nor reading back told.
   */
  uint64_t doubts;
} b2h_stats;

/**
 * Writes the passphrase of the private key in the file `path` into `buffer`, which has room for `size` bytes, and
 * returns how many bytes it has; it need not end with NUL. Returns -1 for none, and for one that does not fit.
 *
 * Called by b2h_client_new() and by the functions that fetch a server's key, on the same thread and only for an encrypted key. The
 * library clears the buffer afterwards. A call of the library from here returns B2H_REENTRANT. It must return normally:
 * no longjmp(), no C++ exception.
 */
typedef int32_t (*b2h_passphrase_callback)(const char *path, char *buffer, size_t size, void *user_data);

/**
 * Is given a message of the log: its level (B2H_LOG_ERROR to B2H_LOG_DEBUG), the message as UTF-8 without a line end,
 * valid during the call only, and the user_data of b2h_config_set_log(). It must return normally: no longjmp(), no C++
 * exception.
 */
typedef void (*b2h_log_callback)(int32_t level, const char *message, void *user_data);

/**
 * Options of a single call. Always initialise them with B2H_CALL_OPTIONS_INIT and then set members: later
 * versions append members, and recognise older programs by struct_size.
 */
typedef struct {
  /**
   * sizeof(b2h_call_options) of the program that calls; set by B2H_CALL_OPTIONS_INIT.
   */
  size_t struct_size;
  /**
   * The longest time that the whole call may take, in milliseconds; 0 = the client's timeout_ms.
   */
  uint32_t timeout_ms;
  /**
   * The longest time that one connection attempt may take, in milliseconds; 0 = the client's
   * connect_timeout_ms.
   */
  uint32_t connect_timeout_ms;
  /**
   * A sum of B2H_OVERWRITE, B2H_AUTHENTICATED, B2H_AUTHORITATIVE, B2H_FORCE_ADMIN, B2H_WITH_RECORDS; 0 = none.
   */
  uint32_t flags;
  /**
   * Must be 0.
   */
  uint32_t reserved;
  /**
   * Ends the call when it is triggered; may be NULL.
   */
  const b2h_cancel *cancel;
} b2h_call_options;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library that is running, such as "0.1.0".
 *
 * B2H_VERSION_STRING is the version the program was compiled with; the library may be newer.
 *
 * @return static text. Never NULL, never freed.
 */
const char *b2h_version(void);

/**
 * The version of the library that is running as a number to compare with B2H_VERSION_NUMBER.
 *
 * @return major * 1000000 + minor * 1000 + patch
 */
int32_t b2h_version_number(void);

/**
 * A few words for a status, such as "handle not found".
 *
 * Makes no request. For the whole story of a failure see b2h_error_message().
 *
 * @param status a b2h_status, or any other number
 * @return static text; "unknown status" for numbers this version does not know. Never NULL, never freed.
 */
const char *b2h_status_str(int32_t status);

/**
 * What happened, to which Handle, and what to do about it: one or more English sentences, without secrets.
 *
 * @param error the error; NULL is fine
 * @return text that belongs to the error and is valid until it is freed; "" for NULL
 */
const char *b2h_error_message(const b2h_error *error);

/**
 * The status that the failing call returned.
 *
 * @param error the error; NULL is fine
 * @return a b2h_status; B2H_OK for NULL
 */
int32_t b2h_error_status(const b2h_error *error);

/**
 * The HTTP status of the server's reply, such as 404.
 *
 * @param error the error; NULL is fine
 * @return the status; 0 where there was no reply, or for NULL
 */
int32_t b2h_error_http_status(const b2h_error *error);

/**
 * The response code of the Handle protocol in the server's reply, such as 100 for "handle not found".
 *
 * @param error the error; NULL is fine
 * @return the code; 0 where the reply had none, or for NULL
 */
int32_t b2h_error_response_code(const b2h_error *error);

/**
 * The operation that failed, such as "register_handle".
 *
 * @param error the error; NULL is fine
 * @return text that belongs to the error and is valid until it is freed; "" where the failure was not in an
 *     operation on a Handle, or for NULL
 */
const char *b2h_error_operation(const b2h_error *error);

/**
 * The Handle that the failing call was about, as the caller wrote it.
 *
 * @param error the error; NULL is fine
 * @return text that belongs to the error and is valid until it is freed; NULL where there was no Handle, or
 *     for NULL
 */
const char *b2h_error_handle(const b2h_error *error);

/**
 * Whether the same call may succeed later without any change: the server was busy or out of reach.
 *
 * @param error the error; NULL is fine
 * @return 1 or 0; 0 for NULL
 */
int32_t b2h_error_retryable(const b2h_error *error);

/**
 * Whether a change may have taken effect although the call failed: the request may have reached the server,
 * and no valid reply came back. Read the Handle before repeating the call.
 *
 * @param error the error; NULL is fine
 * @return 1 or 0; 0 for NULL
 */
int32_t b2h_error_in_doubt(const b2h_error *error);

/**
 * Frees an error and the texts in it.
 *
 * @param error the error; NULL is fine
 */
void b2h_error_free(b2h_error *error);

/**
 * Frees a string that a function of this library returned through an output parameter.
 *
 * Texts inside other objects, such as b2h_error_message(), belong to their object and are not freed.
 *
 * @param string the string; NULL is fine
 */
void b2h_string_free(char *string);

/**
 * Clears and frees binary data that a function of this library returned through an output parameter.
 *
 * @param bytes the data; NULL is fine
 */
void b2h_bytes_free(uint8_t *bytes);

/**
 * Makes a token. It takes a file descriptor.
 *
 * @param[out] out the token, to be freed with b2h_cancel_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_NO_RESOURCES; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_cancel_new(b2h_cancel **out, b2h_error **err);

/**
 * Ends all calls that have the token, and all that will be given it. They return B2H_CANCELLED; a write whose request was
 * under way is then in doubt.
 *
 * May be called by any thread, at any time, and by a signal handler: it sets a flag and writes to a file descriptor. In a
 * forked child it ends the child's calls only.
 *
 * @param token the token; NULL is fine
 */
void b2h_cancel_trigger(const b2h_cancel *token);

/**
 * Whether a token has been triggered.
 *
 * @param token the token; NULL is fine
 * @return 1 or 0; 0 for NULL
 */
int32_t b2h_cancel_is_triggered(const b2h_cancel *token);

/**
 * Frees a token. No call may still have it.
 *
 * @param token the token; NULL is fine
 */
void b2h_cancel_free(b2h_cancel *token);

/**
 * Makes a client from a credentials JSON file, as B2HANDLE reads it.
 *
 * The keys, all optional: "handle_server_url" or "baseuri" (default https://hdl.handle.net, for reading),
 * credentials (see below), "handleowner" ("index:prefix/suffix", default
 * 200:0.NA/prefix of the Handle), "HS_ADMIN_permissions" (default 011111110011), "modify_HS_ADMIN" (default false),
 * "prefix" (for b2h_client_setting() and b2h_client_check()), "HTTPS_verify" (true, false, or one or a list of: the
 * path of a CA certificate or a folder of them; the path of the server's own certificate or public key, which pins it,
 * see b2h_server_key_from_site(); "sha256:" with the 64 hexadecimal digits of its key's hash, or "sha256//" with
 * base64), "strict_permissions" (default false: files with secrets that others may read are a warning in the log; true:
 * an error), "REST_API_url_extension" (default /api/handles/), "proxy" (an address, or "" for none; default
 * from the environment), "timeout_ms" (default 30000), "connect_timeout_ms" (default 10000), "max_retries" (default 5;
 * 0 for none), "mirror" (the address of a second server that is asked once where a read without credentials fails for a
 * reason that passes, and believed only where it has the Handle; half of a call's time is kept for it),
 * "max_reply_bytes" (the largest reply that is read, from 1024 to 1073741824, default 67108864; B2H_REPLY_TOO_LARGE
 * beyond; a call to read a record takes at most four times as much memory and 16 MiB, whatever the server sends), those of
 * the reverse lookup and of the cache (see below). The other keys of B2HANDLE and PYHANDLE are accepted; keys that
 * resemble none of all these are left to other programs. Paths are relative to the folder of the file.
 *
 * Credentials are one of:
 * - "username" ("index:prefix/suffix") and "password";
 * - "private_key" and "certificate_only", or both in one file, "certificate_and_key": the certificate's subject names
 *   the user (UID, CN or O);
 * - "private_key" and "username".
 *
 * A private key is PEM (PKCS#8, PKCS#1, DSA), DER, or a key file of the Handle tools (admpriv.bin), encrypted or not;
 * its passphrase comes from "passphrase_file" (the first line), "passphrase_env" (the name of an environment
 * variable), "passphrase", or b2h_config_ask_passphrase(). "auth_method" is normally "auto": "basic" where there is a
 * password; else "session", which proves possession of the key to every server, and besides shows the certificate to
 * servers that ask for one in the TLS handshake. "session" also works with a password; "client_certificate" relies on
 * the handshake alone. Sessions are opened with the first call that needs one (2 requests more), shared by all
 * threads, renewed when the server has forgotten them, and ended by b2h_client_free() (1 request, within a second).
 *
 * For b2h_search_handles(): "reverselookup_baseuri" (default: the Handle server named by "handle_server_url"),
 * "reverselookup_url_extension" (default /hrls/handles/), "reverselookup_username" and "reverselookup_password" (default:
 * "username" and "password", which are shown only to the very same server; neither is shown over plain HTTP, nor is a
 * private key ever used there), "allowed_search_keys" (a list of types; default URL and CHECKSUM, [] for all).
 *
 * A cache of what was read: "cache_size" (how many reads it keeps; default 0, none) and "cache_bytes" (about how much
 * memory it may take; default 16777216). It keeps what b2h_get_value(), b2h_get_values(),
 * b2h_get_record(), b2h_get_locations() and b2h_has_location() read, as
 * long as the ttl of each of the values says; what is found there makes no request. It belongs to the client, for all
 * its threads; a forked child begins with an empty one. Reads with B2H_AUTHENTICATED or B2H_AUTHORITATIVE, and the reads
 * that changes begin with, neither use nor fill it. Each write of this client to a Handle, whatever comes of it, and
 * each read of it with B2H_AUTHORITATIVE makes the cache forget the Handle; changes made elsewhere show when the ttl is
 * over.
 *
 * Makes no request: whether server and password are right shows with the first call. A client that is made here has no
 * log, and so warns nobody: with b2h_config_load(), b2h_config_set_log() and b2h_client_new() it does.
 *
 * @param path the file
 * @param[out] out the client, to be freed with b2h_client_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_CONFIG_UNREADABLE, B2H_CONFIG_SYNTAX, B2H_CONFIG_INVALID, B2H_KEY_UNREADABLE, B2H_KEY_INVALID,
 *     B2H_KEY_MISMATCH, B2H_PASSPHRASE_NEEDED or B2H_PASSPHRASE_WRONG, with a message that names file, line and what to
 *     change (B2H_CONFIG_INVALID where there are several problems); B2H_INVALID_ARGUMENT
 */
b2h_status b2h_client_from_json(const char *path,
                                b2h_client **out,
                                b2h_error **err);

/**
 * Makes a client from credentials JSON in memory. Paths in it are relative to the current folder.
 *
 * Otherwise as b2h_client_from_json().
 *
 * @param json the text; it is not needed after the call
 * @param[out] out the client, to be freed with b2h_client_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_client_from_json()
 */
b2h_status b2h_client_from_json_text(const char *json, b2h_client **out, b2h_error **err);

/**
 * Reads a setting of the credentials, such as "prefix" or "handle_server_url" (which is always set). Keys that the
 * library itself does not know can be read too. Text comes as it is, anything else as JSON.
 *
 * Makes no request.
 *
 * @param client the client
 * @param key the key
 * @param[out] out the text, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_VALUE_NOT_FOUND where the key is not set; B2H_NOT_ALLOWED for passwords;
 *     B2H_INVALID_ARGUMENT
 */
b2h_status b2h_client_setting(const b2h_client *client,
                              const char *key,
                              char **out,
                              b2h_error **err);

/**
 * Frees a client and closes its connections. No other thread may still be in a call on it.
 *
 * In a forked child, what the client inherited is only forgotten, so that the parent's connections stay whole.
 *
 * @param client the client; NULL is fine
 */
void b2h_client_free(b2h_client *client);

/**
 * Tells what a client has done so far. The numbers only grow, each for itself: while other threads use the client, they
 * need not fit together.
 *
 * Makes no request.
 *
 * @param client the client
 * @param stats is filled, as far as its struct_size goes; initialised with B2H_STATS_INIT
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_client_stats(const b2h_client *client,
                            b2h_stats *stats,
                            b2h_error **err);

/**
 * Makes an empty configuration.
 *
 * @param[out] out the configuration, to be freed with b2h_config_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_config_new(b2h_config **out, b2h_error **err);

/**
 * Takes all settings of a credentials JSON file. Paths in it are relative to its folder.
 *
 * @param config the configuration
 * @param path the file
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_CONFIG_UNREADABLE; B2H_CONFIG_SYNTAX; B2H_INVALID_ARGUMENT. On failure nothing has changed.
 */
b2h_status b2h_config_load(b2h_config *config,
                           const char *path,
                           b2h_error **err);

/**
 * Sets a key. Whether key and value can be used is found out by b2h_client_new().
 *
 * @param config the configuration
 * @param key the key, such as "handle_server_url"
 * @param value the value as text: "true", "30000", or for lists JSON such as ["URL", "CHECKSUM"]. Paths are relative
 *     to the current folder
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_config_set(b2h_config *config,
                          const char *key,
                          const char *value,
                          b2h_error **err);

/**
 * Sets whom to ask for the passphrase of an encrypted private key. The keys "passphrase_file", "passphrase_env" and
 * "passphrase" go before.
 *
 * @param config the configuration
 * @param callback who is asked by each b2h_client_new(); NULL for nobody
 * @param user_data passed to the callback, may be NULL; must stay valid as long as the configuration
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_config_ask_passphrase(b2h_config *config,
                                     b2h_passphrase_callback callback,
                                     void *user_data,
                                     b2h_error **err);

/**
 * Frees a configuration. Clients that were made of it stay.
 *
 * @param config the configuration; NULL is fine
 */
void b2h_config_free(b2h_config *config);

/**
 * Makes a client of a configuration, which can be used again afterwards.
 *
 * Makes no request.
 *
 * @param config the configuration
 * @param[out] out the client, to be freed with b2h_client_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_CONFIG_INVALID, with a message that names all keys that cannot be used; where there is one problem
 *     only and it is with a key file, B2H_KEY_UNREADABLE, B2H_KEY_INVALID, B2H_KEY_MISMATCH, B2H_PASSPHRASE_NEEDED or
 *     B2H_PASSPHRASE_WRONG; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_client_new(const b2h_config *config,
                          b2h_client **out,
                          b2h_error **err);

/**
 * Sets the function that is given the log of the clients made of a configuration from now on. Messages never contain
 * secrets.
 *
 * The function is called by the thread that is inside a call of the library, never after that client was freed, and by
 * several threads at once where several use the client. Functions of the library that it calls return B2H_REENTRANT,
 * and b2h_client_free() and b2h_config_free() do nothing; it must not free anything else that the interrupted call was
 * given.
 *
 * Makes no request.
 *
 * @param config the configuration
 * @param level the least important messages that are wanted: B2H_LOG_ERROR, B2H_LOG_WARNING, B2H_LOG_INFO or
 *     B2H_LOG_DEBUG
 * @param callback the function; NULL for no log
 * @param user_data handed to the function as it is; it must stay valid until the configuration and all its clients are
 *     freed; may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_config_set_log(b2h_config *config,
                              int32_t level,
                              b2h_log_callback callback,
                              void *user_data,
                              b2h_error **err);

/**
 * Asks the configured server for its key, to be written to a file that HTTPS_verify names from then on.
 *
 * This is trust on first use: whoever answers now is believed, and "HTTPS_verify" of the configuration does not count.
 * Only that the key belongs to the connection is checked. So compare the key's hash, which stands in a line before it
 * ("sha256:" and 64 hexadecimal digits, the SHA-256 of its SubjectPublicKeyInfo), with what the server's administrator
 * says, or use b2h_server_key_from_prefix(). A key that was written down once shows every impostor later.
 *
 * One request, without credentials: GET /api/site.
 *
 * @param config names the server ("handle_server_url") and the way to it
 * @param options may be NULL
 * @param[out] out the hash and the key in PEM, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_TLS_CERTIFICATE where the connection ends at somebody without the Handle server's key, such as a
 *     proxy; B2H_KEY_INVALID for a key that TLS cannot use; B2H_INSECURE_TRANSPORT where the address is not https://;
 *     B2H_CONFIG_INVALID; B2H_NOT_A_HANDLE_SERVER; any status of the connection
 */
b2h_status b2h_server_key_from_site(const b2h_config *config,
                                    const b2h_call_options *options,
                                    char **out,
                                    b2h_error **err);

/**
 * Reads the key of a prefix's server from the record of the prefix, on a resolver whose certificate is verified. The key
 * is to be written to a file that HTTPS_verify names from then on. So nobody between here and the server is believed,
 * only the resolver.
 *
 * A prefix may have several servers. Where "handle_server_url" of the configuration is an address in numbers that one of
 * them has, its key is given; else the keys of all, each with its hash in a line before it as in
 * b2h_server_key_from_site().
 *
 * One or two requests to the resolver, without credentials: GET of 0.NA/prefix, and of the Handle that its HS_SERV value
 * names where it has no HS_SITE value.
 *
 * @param config names the server that is meant ("handle_server_url")
 * @param prefix such as "21.T12345"; NULL for the key "prefix" of the configuration
 * @param resolver a client of the resolver; NULL for https://hdl.handle.net, verified by the system's authorities,
 *     through the proxy of the configuration
 * @param options may be NULL; the time is for all requests together
 * @param[out] out hashes and keys in PEM, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND for a prefix that the resolver does not know; B2H_VALUE_NOT_FOUND where its record
 *     names no server or no key; B2H_KEY_INVALID where there are only keys that TLS cannot use (DSA);
 *     B2H_INSECURE_TRANSPORT, without a request, where the resolver is not verified; B2H_INVALID_ARGUMENT;
 *     B2H_CONFIG_INVALID; any status of the connection
 */
b2h_status b2h_server_key_from_prefix(const b2h_config *config,
                                      const char *prefix,
                                      b2h_client *resolver,
                                      const b2h_call_options *options,
                                      char **out,
                                      b2h_error **err);

/**
 * Checks the configuration of a client against its server: whether the server answers ("server"), accepts the
 * credentials ("credentials") and the private key ("key", where one is used), serves the prefix that the key "prefix" names ("prefix"), whether this identity may
 * create Handles under it ("create"), and whether reverse lookup answers ("reverse lookup").
 *
 * Nothing is changed on the server. Rights are found out by reading HS_ADMIN and HS_VLIST values; where those cannot
 * be read, they are not known. The rights of a server administrator stand elsewhere and do not show.
 *
 * Requests: GETs of 0.NA/prefix without and with credentials, one or two of the user's Handle, one or two per list of
 * users, one to the reverse lookup; two for a login.
 *
 * @param client the client
 * @param options may be NULL; the time is for all requests together
 * @param[out] out the findings, to be freed with b2h_check_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK, however bad the findings are; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_client_check(b2h_client *client,
                            const b2h_call_options *options,
                            b2h_check **out,
                            b2h_error **err);

/**
 * How many findings there are.
 *
 * @param check the findings; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_check_count(const b2h_check *check);

/**
 * What a finding is about, such as "credentials".
 *
 * @param check the findings; NULL is fine
 * @param nth from 0 to b2h_check_count() - 1
 * @return text that belongs to the findings; NULL beyond the last, or for NULL
 */
const char *b2h_check_subject(const b2h_check *check, size_t nth);

/**
 * How a check came out.
 *
 * @param check the findings; NULL is fine
 * @param nth from 0 to b2h_check_count() - 1
 * @return B2H_CHECK_GOOD, B2H_CHECK_BAD, B2H_CHECK_UNKNOWN or B2H_CHECK_NOT_CONFIGURED; B2H_CHECK_UNKNOWN beyond
 *     the last, or for NULL
 */
int32_t b2h_check_verdict(const b2h_check *check,
                          size_t nth);

/**
 * What was found, and where it is not good, what to do.
 *
 * @param check the findings; NULL is fine
 * @param nth from 0 to b2h_check_count() - 1
 * @return text that belongs to the findings; NULL beyond the last, or for NULL
 */
const char *b2h_check_message(const b2h_check *check, size_t nth);

/**
 * Frees findings and the texts in them.
 *
 * @param check the findings; NULL is fine
 */
void b2h_check_free(b2h_check *check);

/**
 * Frees a record with all its values and texts.
 *
 * @param record the record; NULL is fine
 */
void b2h_record_free(b2h_record *record);

/**
 * The name of the Handle as it was asked for.
 *
 * @param record the record; NULL is fine
 * @return text that belongs to the record; NULL for NULL
 */
const char *b2h_record_handle(const b2h_record *record);

/**
 * The reply as the server sent it; where the record is a part of what the server or the cache had, that part as a server
 * would send it.
 *
 * @param record the record; NULL is fine
 * @return JSON that belongs to the record; NULL for NULL
 */
const char *b2h_record_json(const b2h_record *record);

/**
 * How many values the record has.
 *
 * @param record the record; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_record_count(const b2h_record *record);

/**
 * A value by its place in the record, in the server's order.
 *
 * @param record the record; NULL is fine
 * @param place from 0 to b2h_record_count() - 1
 * @return the value, which belongs to the record; NULL beyond the last, or for NULL
 */
const b2h_value *b2h_record_value(const b2h_record *record, size_t place);

/**
 * A value by its index.
 *
 * @param record the record; NULL is fine
 * @param index the index
 * @return the value, which belongs to the record; NULL where there is none, or for NULL
 */
const b2h_value *b2h_record_value_at(const b2h_record *record, uint32_t index);

/**
 * A value by its type: the first one, the second one and so on.
 *
 * @param record the record; NULL is fine
 * @param type the type; upper and lower case are the same; NULL is fine
 * @param nth 0 for the first value of the type
 * @return the value, which belongs to the record; NULL where there is none, or for NULL
 */
const b2h_value *b2h_record_find(const b2h_record *record, const char *type, size_t nth);

/**
 * The index of a value.
 *
 * @param value the value; NULL is fine
 * @return the index; 0 for NULL
 */
uint32_t b2h_value_index(const b2h_value *value);

/**
 * The type of a value, such as "URL".
 *
 * @param value the value; NULL is fine
 * @return text that belongs to the record; NULL for NULL
 */
const char *b2h_value_type(const b2h_value *value);

/**
 * The data of a value as text. Structures such as HS_ADMIN come as JSON.
 *
 * @param value the value; NULL is fine
 * @return text that belongs to the record; NULL where the data is no text (then see b2h_value_bytes()), or for NULL
 */
const char *b2h_value_text(const b2h_value *value);

/**
 * The data of a value as bytes.
 *
 * @param value the value; NULL is fine
 * @param[out] out_length how many bytes; 0 where there are none; may be NULL
 * @return bytes that belong to the record, without a NUL at their end; NULL for structures, of which the server
 *     does not give the bytes, or for NULL
 */
const uint8_t *b2h_value_bytes(const b2h_value *value,
                               size_t *out_length);

/**
 * The form of the data in the REST API: "string", "base64", "admin", "vlist", "site" or "key".
 *
 * @param value the value; NULL is fine
 * @return text that belongs to the record; NULL for NULL
 */
const char *b2h_value_format(const b2h_value *value);

/**
 * How long the value may be cached: seconds, or seconds since 1970 if b2h_value_ttl_is_absolute().
 *
 * @param value the value; NULL is fine
 * @return the time; 0 for NULL
 */
int64_t b2h_value_ttl(const b2h_value *value);

/**
 * Whether b2h_value_ttl() is a point in time.
 *
 * @param value the value; NULL is fine
 * @return 1 or 0; 0 for NULL
 */
int32_t b2h_value_ttl_is_absolute(const b2h_value *value);

/**
 * When the value was last changed, in seconds since 1970.
 *
 * @param value the value; NULL is fine
 * @return the time; -1 where the server does not say, or for NULL
 */
int64_t b2h_value_timestamp(const b2h_value *value);

/**
 * Who may read and write the value: four characters of 0 and 1 for admin read, admin write, public read, public
 * write; usually 1110.
 *
 * @param value the value; NULL is fine
 * @return text that belongs to the record; NULL for NULL
 */
const char *b2h_value_permissions(const b2h_value *value);

/**
 * How many other values this one refers to. (Not the members of an HS_VLIST: those are its data.)
 *
 * @param value the value; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_value_reference_count(const b2h_value *value);

/**
 * The Handle of a value that this one refers to.
 *
 * @param value the value; NULL is fine
 * @param nth 0 for the first reference
 * @return text that belongs to the record; NULL beyond the last, or for NULL
 */
const char *b2h_value_reference_handle(const b2h_value *value, size_t nth);

/**
 * The index of a value that this one refers to.
 *
 * @param value the value; NULL is fine
 * @param nth 0 for the first reference
 * @return the index; 0 beyond the last, or for NULL
 */
uint32_t b2h_value_reference_index(const b2h_value *value, size_t nth);

/**
 * Frees results with all their records and errors.
 *
 * @param results the results; NULL is fine
 */
void b2h_results_free(b2h_results *results);

/**
 * How many Handles there are: as many as were given.
 *
 * @param results the results; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_results_count(const b2h_results *results);

/**
 * How many of them failed.
 *
 * @param results the results; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_results_failures(const b2h_results *results);

/**
 * What became of one Handle.
 *
 * @param results the results; NULL is fine
 * @param place that of the Handle among those given, from 0 on
 * @return a b2h_status: B2H_OK, or why it failed; B2H_INVALID_ARGUMENT beyond the last, or for NULL
 */
int32_t b2h_results_status(const b2h_results *results, size_t place);

/**
 * The record of one Handle.
 *
 * @param results the results; NULL is fine
 * @param place that of the Handle among those given, from 0 on
 * @return the record, which belongs to the results; NULL where reading failed, beyond the last, or for NULL
 */
const b2h_record *b2h_results_record(const b2h_results *results, size_t place);

/**
 * Why one Handle failed.
 *
 * @param results the results; NULL is fine
 * @param place that of the Handle among those given, from 0 on
 * @return the error, which belongs to the results; NULL where there is none, beyond the last, or for NULL
 */
const b2h_error *b2h_results_error(const b2h_results *results, size_t place);

/**
 * How many Handles there are.
 *
 * @param handles the Handles; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_handles_count(const b2h_handles *handles);

/**
 * The name of a Handle as the server has stored it, often in capital letters.
 *
 * @param handles the Handles; NULL is fine
 * @param nth from 0 to b2h_handles_count() - 1
 * @return text that belongs to the Handles; NULL beyond the last, or for NULL
 */
const char *b2h_handles_name(const b2h_handles *handles, size_t nth);

/**
 * The record of a Handle, where a search was asked for records. A reverse lookup tells types and texts alone: indexes
 * and ttl are 0, permissions the usual ones, and HS_ADMIN and other binary data are not readable.
 *
 * @param handles the Handles; NULL is fine
 * @param nth from 0 to b2h_handles_count() - 1
 * @return the record, which belongs to the Handles and must not be freed; NULL without records, beyond the last, or
 *     for NULL
 */
const b2h_record *b2h_handles_record(const b2h_handles *handles,
                                     size_t nth);

/**
 * Frees Handles with their names and records.
 *
 * @param handles the Handles; NULL is fine
 */
void b2h_handles_free(b2h_handles *handles);

/**
 * Makes an empty list.
 *
 * @param[out] out the list, to be freed with b2h_values_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_values_new(b2h_values **out, b2h_error **err);

/**
 * Frees a list.
 *
 * @param values the list; NULL is fine
 */
void b2h_values_free(b2h_values *values);

/**
 * How many values the list has.
 *
 * @param values the list; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_values_count(const b2h_values *values);

/**
 * Adds a text value.
 *
 * @param values the list
 * @param index where in the record, or 0 to have an index chosen
 * @param type the type, such as "URL"
 * @param text the data, at most 1 MiB
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
 *     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
 *     structure; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_values_add_text(b2h_values *values,
                               uint32_t index,
                               const char *type,
                               const char *text,
                               b2h_error **err);

/**
 * Adds a binary value.
 *
 * @param values the list
 * @param index where in the record, or 0 to have an index chosen
 * @param type the type, such as "URL"
 * @param bytes the data, at most 1 MiB; may be NULL if there are none
 * @param length how many bytes
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
 *     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
 *     structure; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_values_add_bytes(b2h_values *values,
                                uint32_t index,
                                const char *type,
                                const uint8_t *bytes,
                                size_t length,
                                b2h_error **err);

/**
 * Adds an HS_ADMIN value: who administers the Handle, and what they may do.
 *
 * @param values the list
 * @param index where in the record, or 0 to have one from 100 on chosen
 * @param owner index:prefix/suffix of a key, or of a list of users (HS_VLIST)
 * @param permissions 12 characters of 0 and 1 as in JSON, such as 011111110011; see b2h_permissions_format()
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
 *     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
 *     structure; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_values_add_admin(b2h_values *values,
                                uint32_t index,
                                const char *owner,
                                const char *permissions,
                                b2h_error **err);

/**
 * Adds an HS_VLIST value: a list of users.
 *
 * @param values the list
 * @param index where in the record, or 0 to have an index chosen; by convention 200
 * @param members index:prefix/suffix each; may be NULL if there are none
 * @param member_count how many
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
 *     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
 *     structure; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_values_add_vlist(b2h_values *values,
                                uint32_t index,
                                const char *const *members,
                                size_t member_count,
                                b2h_error **err);

/**
 * Adds locations to the 10320/LOC value of the list, or such a value where the list has none: several URLs, each with
 * the same attributes, as b2h_add_locations() does. Call it again for URLs with other attributes. A value that is
 * made here gets the attribute chooseby from the key 10320LOC_chooseby of the client that writes it.
 *
 * @param values the list
 * @param urls the URLs; may be NULL if there are none
 * @param url_count how many
 * @param attribute_names as for b2h_add_locations(); may be NULL if there are none
 * @param attribute_values as many values; may be NULL if there are none
 * @param attribute_count how many
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for attributes that cannot be written, or where the list has several 10320/LOC
 *     values; B2H_BROKEN_RECORD where it has one that is not XML; B2H_CONFLICT where another location has the id;
 *     B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_values_add_locations(b2h_values *values,
                                    const char *const *urls,
                                    size_t url_count,
                                    const char *const *attribute_names,
                                    const char *const *attribute_values,
                                    size_t attribute_count,
                                    b2h_error **err);

/**
 * Adds a value whose data is a structure: HS_PUBKEY (format "key", a JSON Web Key), HS_SITE (format "site"), or another
 * type with "admin" or "vlist".
 *
 * @param values the list
 * @param index where in the record, or 0 to have an index chosen
 * @param type the type, such as "URL"
 * @param format "key", "site", "admin" or "vlist"
 * @param json the structure as the REST API writes it, such as {"kty": "RSA", "n": "...", "e": "AQAB"}
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
 *     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
 *     structure; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_values_add_structured(b2h_values *values,
                                     uint32_t index,
                                     const char *type,
                                     const char *format,
                                     const char *json,
                                     b2h_error **err);

/**
 * Adds values as B2HANDLE and the REST API write them in JSON: an object with "type" and "data", and where wanted
 * "index", "ttl", "permissions" (four characters), "references"; or a list of them; or an object with such a list as
 * "values". All are added, or none.
 *
 * @param values the list
 * @param json the text
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for an index that is not 1 to 2147483647 or is in the list already, or data that
 *     servers would misunderstand; B2H_VALUE_TOO_LARGE for more than 1 MiB; B2H_NOT_ALLOWED for text in place of a
 *     structure; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_values_add_json(b2h_values *values,
                               const char *json,
                               b2h_error **err);

/**
 * Says how long the value that was added last may be cached.
 *
 * @param values the list
 * @param seconds from 0 to 2147483647
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for another time; B2H_INVALID_ARGUMENT, also where the list is empty
 */
b2h_status b2h_values_set_ttl(b2h_values *values, int64_t seconds, b2h_error **err);

/**
 * Says until when the value that was added last may be cached.
 *
 * @param values the list
 * @param time seconds since 1970
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_values_set_ttl()
 */
b2h_status b2h_values_set_ttl_absolute(b2h_values *values, int64_t time, b2h_error **err);

/**
 * Says who may read and write the value that was added last.
 *
 * @param values the list
 * @param permissions four characters of 0 and 1 for admin read, admin write, public read, public write
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_VALUE for other text; B2H_INVALID_ARGUMENT, also where the list is empty
 */
b2h_status b2h_values_set_permissions(b2h_values *values, const char *permissions, b2h_error **err);

/**
 * How many locations there are. None means that the Handle has no 10320/LOC value, or an empty one.
 *
 * @param locations the locations; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_locations_count(const b2h_locations *locations);

/**
 * How a resolver chooses among the locations, such as "locatt,country,weighted".
 *
 * @param locations the locations; NULL is fine
 * @return text that belongs to the locations; NULL where the value does not say, or for NULL
 */
const char *b2h_locations_chooseby(const b2h_locations *locations);

/**
 * The URL of a location.
 *
 * @param locations the locations; NULL is fine
 * @param nth 0 for the first location
 * @return text that belongs to the locations; NULL where the location has no attribute href, beyond the last, or for
 *     NULL
 */
const char *b2h_locations_url(const b2h_locations *locations,
                              size_t nth);

/**
 * An attribute of a location by its name.
 *
 * @param locations the locations; NULL is fine
 * @param nth 0 for the first location
 * @param name the name, such as "weight"; upper and lower case differ; NULL is fine
 * @return text that belongs to the locations; NULL where the location has no such attribute, beyond the last, or for
 *     NULL
 */
const char *b2h_locations_attribute(const b2h_locations *locations,
                                    size_t nth,
                                    const char *name);

/**
 * How many attributes a location has.
 *
 * @param locations the locations; NULL is fine
 * @param nth 0 for the first location
 * @return the number; 0 beyond the last, or for NULL
 */
size_t b2h_locations_attribute_count(const b2h_locations *locations, size_t nth);

/**
 * The name of an attribute by its place, in the order of the value.
 *
 * @param locations the locations; NULL is fine
 * @param nth 0 for the first location
 * @param place from 0 to b2h_locations_attribute_count() - 1
 * @return text that belongs to the locations; NULL beyond the last, or for NULL
 */
const char *b2h_locations_attribute_name(const b2h_locations *locations, size_t nth, size_t place);

/**
 * The value of an attribute by its place, in the order of the value.
 *
 * @param locations the locations; NULL is fine
 * @param nth 0 for the first location
 * @param place from 0 to b2h_locations_attribute_count() - 1
 * @return text that belongs to the locations; NULL beyond the last, or for NULL
 */
const char *b2h_locations_attribute_value(const b2h_locations *locations, size_t nth, size_t place);

/**
 * Frees locations and the texts in them.
 *
 * @param locations the locations; NULL is fine
 */
void b2h_locations_free(b2h_locations *locations);

/**
 * Writes permissions as 12 characters of 0 and 1.
 *
 * Makes no request.
 *
 * @param permissions a sum of B2H_MAY_... constants
 * @param order B2H_ORDER_JSON or B2H_ORDER_BATCH
 * @param[out] out the text, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_permissions_format(uint32_t permissions, int32_t order, char **out, b2h_error **err);

/**
 * Reads permissions from 12 characters of 0 and 1. Nothing else is accepted: servers accept more, and mean something
 * else by it.
 *
 * Makes no request.
 *
 * @param permissions the text
 * @param order B2H_ORDER_JSON or B2H_ORDER_BATCH
 * @param[out] out a sum of B2H_MAY_... constants; 0 on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_permissions_parse(const char *permissions,
                                 int32_t order,
                                 uint32_t *out,
                                 b2h_error **err);

/**
 * A profile that comes with the library: "eudat-v1" (replicas in the EUDAT infrastructure) or
 * "rda-kernel-information" (PID Kernel Information of the Research Data Alliance).
 *
 * Makes no request.
 *
 * @param name the name
 * @param[out] out the profile, to be freed with b2h_profile_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT, with a message that names all there are
 */
b2h_status b2h_profile_built_in(const char *name, b2h_profile **out, b2h_error **err);

/**
 * Reads a profile from a JSON file: an object with "values", a list of values as the REST API has them ("type", "data",
 * and optionally "index", "ttl", "permissions", "references"). Texts in "data" may contain placeholders, {NAME}; {{ and
 * }} stand for braces. An entry with "mandatory": true must be filled; others are left out where one of their
 * placeholders is not. "name" and "description" are for people.
 *
 * Makes no request.
 *
 * @param path the file
 * @param[out] out the profile, to be freed with b2h_profile_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_CONFIG_UNREADABLE; B2H_INVALID_VALUE, naming the entry that is wrong; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_profile_load(const char *path,
                            b2h_profile **out,
                            b2h_error **err);

/**
 * What a profile calls itself.
 *
 * @param profile the profile; NULL is fine
 * @return text that belongs to the profile, maybe empty; NULL for NULL
 */
const char *b2h_profile_name(const b2h_profile *profile);

/**
 * What a profile is for, in a sentence.
 *
 * @param profile the profile; NULL is fine
 * @return text that belongs to the profile, maybe empty; NULL for NULL
 */
const char *b2h_profile_description(const b2h_profile *profile);

/**
 * How many placeholders a profile has.
 *
 * @param profile the profile; NULL is fine
 * @return the number; 0 for NULL
 */
size_t b2h_profile_count(const b2h_profile *profile);

/**
 * The name of a placeholder.
 *
 * @param profile the profile; NULL is fine
 * @param nth from 0 to b2h_profile_count() - 1
 * @return text that belongs to the profile; NULL beyond the last, or for NULL
 */
const char *b2h_profile_placeholder(const b2h_profile *profile, size_t nth);

/**
 * Whether a profile cannot be filled without a placeholder.
 *
 * @param profile the profile; NULL is fine
 * @param nth from 0 to b2h_profile_count() - 1
 * @return 1 or 0; 0 beyond the last, or for NULL
 */
int32_t b2h_profile_is_mandatory(const b2h_profile *profile, size_t nth);

/**
 * Fills a profile for one Handle: the values to give to b2h_register_values(). Each placeholder is filled with the value
 * that is given under its name, and with nothing else; braces in such a value mean nothing.
 *
 * Makes no request.
 *
 * @param profile the profile
 * @param names the names of placeholders
 * @param values the value for each of them
 * @param count how many there are
 * @param[out] out the values, to be freed with b2h_values_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_ARGUMENT, with a message that names all mandatory placeholders that are missing and all
 *     names that the profile does not know; B2H_INVALID_VALUE; B2H_VALUE_TOO_LARGE
 */
b2h_status b2h_profile_fill(const b2h_profile *profile,
                            const char *const *names,
                            const char *const *values,
                            size_t count,
                            b2h_values **out,
                            b2h_error **err);

/**
 * Frees a profile and the texts in it. Values that were made of it stay.
 *
 * @param profile the profile; NULL is fine
 */
void b2h_profile_free(b2h_profile *profile);

/**
 * Makes a random name: the prefix and a UUID of version 4.
 *
 * Makes no request, and registers nothing.
 *
 * @param prefix the prefix, such as 21.T12345
 * @param[out] out the name, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_HANDLE; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_generate_name(const char *prefix, char **out, b2h_error **err);

/**
 * Makes the name that belongs to a text: the prefix and a UUID that is made of namespace and text, and so always the
 * same. ESGF names data sets with version 3 and the namespace "url".
 *
 * Makes no request, and registers nothing.
 *
 * @param prefix the prefix, such as 21.T12345
 * @param name_space "dns", "url", "oid", "x500", or the UUID of a namespace
 * @param text the text, such as the identifier of a data set
 * @param version 5 (SHA-1) or 3 (MD5)
 * @param[out] out the name, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_HANDLE; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_name_from_text(const char *prefix,
                              const char *name_space,
                              const char *text,
                              int32_t version,
                              char **out,
                              b2h_error **err);

/**
 * Reads a name as people write it: plain (prefix/suffix), as hdl:, doi:, info:hdl/ or info:doi/, as the URL of a resolver
 * (hdl.handle.net, doi.org, dx.doi.org; percent-encoded then), each also with the index of a value before the name,
 * 300:prefix/suffix. Every function of the library takes names in all these forms; this one tells what they mean. With an
 * index before the name, b2h_get_value(), b2h_get_values() and b2h_get_record() read the value there alone, and functions
 * that write return B2H_INVALID_HANDLE.
 *
 * Makes no request.
 *
 * @param text what somebody wrote
 * @param[out] out the plain name, to be freed with b2h_string_free(); may be NULL, and is set to NULL on failure
 * @param[out] out_prefix what stands before its first slash, to be freed with b2h_string_free(); may be NULL
 * @param[out] out_suffix what stands after its first slash, to be freed with b2h_string_free(); may be NULL
 * @param[out] out_index the index; 0 where there is none; may be NULL
 * @param[out] err why it is no name of a Handle, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_HANDLE; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_name_parse(const char *text,
                          char **out,
                          char **out_prefix,
                          char **out_suffix,
                          uint32_t *out_index,
                          b2h_error **err);

/**
 * Whether two texts name the same Handle, in whatever forms they are written: servers ignore the case of ASCII letters.
 *
 * Makes no request.
 *
 * @param first what somebody wrote; NULL is fine
 * @param second what somebody wrote; NULL is fine
 * @return 1 or 0; 0 where one is NULL or no name of a Handle
 */
int32_t b2h_name_equal(const char *first,
                       const char *second);

/**
 * The URL under which everybody can resolve a Handle.
 *
 * Makes no request.
 *
 * @param handle the Handle, in any form
 * @param resolver the address of a resolver; NULL for https://hdl.handle.net
 * @param[out] out the URL, percent-encoded, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_HANDLE; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_name_to_url(const char *handle, const char *resolver, char **out, b2h_error **err);

/**
 * Reads a key or certificate file. What it is shows in its content: private keys as the Handle tools write them
 * (admpriv.bin, with every encryption), PKCS#8 and PKCS#1 in PEM or DER, encrypted PKCS#8; public keys as the Handle
 * tools write them (admpub.bin), in PEM, DER or as JSON Web Key; X.509 certificates. Where a file holds several, the
 * private key counts, and the first certificate beside it. Keys are RSA or DSA: Handle servers know no others.
 *
 * @param path the file
 * @param passphrase its passphrase, which is ignored where none is needed; may be NULL: then an encrypted private key
 *     stays locked, which b2h_key_is_locked() tells
 * @param[out] out the key, to be freed with b2h_key_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_KEY_UNREADABLE; B2H_KEY_INVALID; B2H_PASSPHRASE_WRONG; B2H_KEY_MISMATCH for a private key beside
 *     the certificate of another; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_key_read(const char *path,
                        const char *passphrase,
                        b2h_key **out,
                        b2h_error **err);

/**
 * Reads the content of a key or certificate file, as b2h_key_read() does.
 *
 * @param bytes the content
 * @param length how many bytes
 * @param passphrase as for b2h_key_read(); may be NULL
 * @param[out] out the key, to be freed with b2h_key_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_key_read()
 */
b2h_status b2h_key_from_bytes(const uint8_t *bytes,
                              size_t length,
                              const char *passphrase,
                              b2h_key **out,
                              b2h_error **err);

/**
 * Clears and frees a key.
 *
 * @param key the key; NULL is fine
 */
void b2h_key_free(b2h_key *key);

/**
 * What the file was, in English, such as "Handle private key" or "X.509 certificate".
 *
 * @param key the key; NULL is fine
 * @return text that belongs to the key; NULL for NULL
 */
const char *b2h_key_format(const b2h_key *key);

/**
 * How the private key was encrypted in its file, such as "AES-128-CBC, PBKDF2".
 *
 * @param key the key; NULL is fine
 * @return text that belongs to the key; NULL if it was not encrypted, or for NULL
 */
const char *b2h_key_encryption(const b2h_key *key);

/**
 * "RSA" or "DSA".
 *
 * @param key the key; NULL is fine
 * @return text that belongs to the key; NULL where a locked key does not tell, or for NULL
 */
const char *b2h_key_algorithm(const b2h_key *key);

/**
 * The length of the key in bits, such as 2048.
 *
 * @param key the key; NULL is fine
 * @return the length; 0 where a locked key does not tell, or for NULL
 */
uint32_t b2h_key_bits(const b2h_key *key);

/**
 * Whether it is a private key, locked or not.
 *
 * @param key the key; NULL is fine
 * @return 1 or 0; 0 for NULL
 */
int32_t b2h_key_is_private(const b2h_key *key);

/**
 * Whether it is an encrypted private key that was read without its passphrase. Read it again with the passphrase: until
 * then, what needs the private key gives B2H_PASSPHRASE_NEEDED, and so does the public key, unless there is a
 * certificate in the file.
 *
 * @param key the key; NULL is fine
 * @return 1 or 0; 0 for NULL
 */
int32_t b2h_key_is_locked(const b2h_key *key);

/**
 * Writes a key in the format of the Handle tools: a private key as in admpriv.bin, a public key (also that of a
 * certificate) as in admpub.bin.
 *
 * @param key the key
 * @param passphrase encrypts a private key (AES-128-CBC, PBKDF2, the strongest that the Handle tools know), and is
 *     ignored for others; may be NULL for none
 * @param[out] out the bytes, to be freed with b2h_bytes_free(); NULL on failure
 * @param[out] out_length how many
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_key_to_handle(const b2h_key *key,
                             const char *passphrase,
                             uint8_t **out,
                             size_t *out_length,
                             b2h_error **err);

/**
 * Writes a key in PEM: a private key as PKCS#8 (BEGIN PRIVATE KEY), a public key (also that of a certificate) as BEGIN
 * PUBLIC KEY.
 *
 * @param key the key
 * @param passphrase encrypts a private key (BEGIN ENCRYPTED PRIVATE KEY: AES-256-CBC, PBKDF2 with HMAC-SHA-256), and is
 *     ignored for others; may be NULL for none
 * @param[out] out the text, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_key_to_pem(const b2h_key *key,
                          const char *passphrase,
                          char **out,
                          b2h_error **err);

/**
 * The public half of a private key, or the key of a certificate.
 *
 * @param key the key
 * @param[out] out the public key, to be freed with b2h_key_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_key_public(const b2h_key *key, b2h_key **out, b2h_error **err);

/**
 * The data of an HS_PUBKEY value for a key, a certificate's key or the public half of a private key. Put it into the
 * record of the user with b2h_values_add_bytes(), and who has the private key may act as that user.
 *
 * @param key the key
 * @param[out] out the bytes, to be freed with b2h_bytes_free(); NULL on failure
 * @param[out] out_length how many
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_key_public_value(const b2h_key *key,
                                uint8_t **out,
                                size_t *out_length,
                                b2h_error **err);

/**
 * Which key it is: the SHA-256 of the public key (SubjectPublicKeyInfo), the same for a private key, its public key and
 * its certificates.
 *
 * @param key the key
 * @param[out] out "sha256:" and 64 hexadecimal digits, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_key_fingerprint(const b2h_key *key,
                               char **out,
                               b2h_error **err);

/**
 * Makes a self-signed certificate for a private key, as Handle servers take it from clients: the identity in UID and CN
 * of the subject, valid from 2000 to 9999. The server also needs the key itself, see b2h_key_public_value().
 *
 * @param key the private key
 * @param identity the user: index:prefix/suffix, such as "301:21.T12345/USER01"; index 0 lets the server look for the
 *     key
 * @param[out] out the certificate in PEM, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_PASSPHRASE_NEEDED for a locked key; B2H_KEY_INVALID for what is no private key;
 *     B2H_INVALID_ARGUMENT, also for an identity of another form
 */
b2h_status b2h_key_certificate(const b2h_key *key,
                               const char *identity,
                               char **out,
                               b2h_error **err);

/**
 * Whom a certificate names: UID of its subject, else CN, else O, as Handle servers read it. The index is 0 where the
 * subject has none.
 *
 * @param key the certificate, or a private key with its certificate
 * @param[out] out index:prefix/suffix, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_KEY_INVALID for a certificate that names no user of a Handle server, or what is no certificate;
 *     B2H_INVALID_ARGUMENT
 */
b2h_status b2h_key_identity(const b2h_key *key,
                            char **out,
                            b2h_error **err);

/**
 * Writes a new file that only its owner may read, for a private key. A file that exists is never overwritten.
 *
 * @param path the file
 * @param bytes its content
 * @param length how many bytes
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_KEY_UNREADABLE, also where the file exists; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_key_save(const char *path, const uint8_t *bytes, size_t length, b2h_error **err);

/**
 * Registers a Handle that points to a URL. The record also gets an HS_ADMIN value for its owner, so that it can
 * be changed later.
 *
 * Requests: one PUT, which fails where the Handle exists: two registrations of one name never both succeed.
 *
 * @param client the client
 * @param handle the name, prefix/suffix; also hdl:prefix/suffix or a resolver URL
 * @param url what the Handle points to, at most 1 MiB
 * @param options may be NULL; B2H_OVERWRITE replaces the whole record of an existing Handle
 * @param[out] out_handle the name as registered, to be freed with b2h_string_free(); NULL on failure; may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_EXISTS; B2H_PREFIX_NOT_SERVED; or a status of authentication, permission or
 *     connection. If b2h_error_in_doubt(), the Handle may have been registered.
 */
b2h_status b2h_register_handle(b2h_client *client,
                               const char *handle,
                               const char *url,
                               const b2h_call_options *options,
                               char **out_handle,
                               b2h_error **err);

/**
 * Registers a Handle with these values. An HS_ADMIN value for the owner is added where they have none. A value
 * without an index gets one as B2HANDLE chooses it: 1 for URL, 100 for HS_ADMIN, else the first free one from 2 on,
 * except 100 to 199.
 *
 * Requests: one PUT, which fails where the Handle exists.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param values at least one value; they can be used again afterwards
 * @param options may be NULL; B2H_OVERWRITE replaces the whole record of an existing Handle
 * @param[out] out_handle the name as registered, to be freed with b2h_string_free(); NULL on failure; may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_register_handle()
 */
b2h_status b2h_register_values(b2h_client *client,
                               const char *handle,
                               const b2h_values *values,
                               const b2h_call_options *options,
                               char **out_handle,
                               b2h_error **err);

/**
 * Registers a Handle under a random name (a UUID of version 4). A name that is taken is replaced by another.
 *
 * Requests: one PUT.
 *
 * @param client the client
 * @param prefix the prefix, such as 21.T12345
 * @param values at least one value
 * @param options may be NULL; B2H_OVERWRITE is ignored
 * @param[out] out_handle the name, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL. When the outcome is in doubt,
 *     b2h_error_handle() is the name
 * @return as b2h_register_handle()
 */
b2h_status b2h_generate_and_register(b2h_client *client,
                                     const char *prefix,
                                     const b2h_values *values,
                                     const b2h_call_options *options,
                                     char **out_handle,
                                     b2h_error **err);

/**
 * Registers a Handle whose name the server completes with a random suffix.
 *
 * Requests: one PUT. When its outcome is in doubt, nobody knows the name: prefer b2h_generate_and_register().
 *
 * @param client the client
 * @param start the beginning of the name, prefix/ or prefix/beginning
 * @param values at least one value
 * @param options may be NULL
 * @param[out] out_handle the name, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_register_handle()
 */
b2h_status b2h_mint_handle(b2h_client *client,
                           const char *start,
                           const b2h_values *values,
                           const b2h_call_options *options,
                           char **out_handle,
                           b2h_error **err);

/**
 * Reads the first value of a type, as text. HS_ADMIN and other structured values come as JSON.
 *
 * Requests: one GET, without credentials unless asked with B2H_AUTHENTICATED; none where the cache (see "cache_size" in
 * b2h_client_from_json()) has the answer.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param type the type of the value, such as "URL"; upper and lower case are the same
 * @param options may be NULL
 * @param[out] out the text, to be freed with b2h_string_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_VALUE_NOT_FOUND where no visible value has the type;
 *     B2H_VALUE_IS_BINARY; B2H_UNREADABLE_RECORD; or a status of connection
 */
b2h_status b2h_get_value(b2h_client *client,
                         const char *handle,
                         const char *type,
                         const b2h_call_options *options,
                         char **out,
                         b2h_error **err);

/**
 * Reads a record: all values that everybody may read, or with B2H_AUTHENTICATED all values.
 *
 * Requests: one GET; none where the cache has the answer.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param options may be NULL; B2H_AUTHENTICATED, B2H_AUTHORITATIVE
 * @param[out] out the record, to be freed with b2h_record_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK, also where no value is visible; B2H_HANDLE_NOT_FOUND; B2H_PERMISSION_DENIED where
 *     B2H_AUTHENTICATED is set and this identity may not read one of the values; B2H_UNREADABLE_RECORD; or a status
 *     of connection
 */
b2h_status b2h_get_record(b2h_client *client,
                          const char *handle,
                          const b2h_call_options *options,
                          b2h_record **out,
                          b2h_error **err);

/**
 * Reads a part of a record: the values that have one of the types or one of the indexes.
 *
 * Requests: one GET; none where the cache has the answer.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param types names of types; may be NULL if there are none
 * @param type_count how many
 * @param indexes indexes; may be NULL if there are none
 * @param index_count how many
 * @param options may be NULL; B2H_AUTHENTICATED, B2H_AUTHORITATIVE
 * @param[out] out the record, to be freed with b2h_record_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_get_record(); B2H_INVALID_ARGUMENT without a type and an index
 */
b2h_status b2h_get_values(b2h_client *client,
                          const char *handle,
                          const char *const *types,
                          size_t type_count,
                          const uint32_t *indexes,
                          size_t index_count,
                          const b2h_call_options *options,
                          b2h_record **out,
                          b2h_error **err);

/**
 * Tells whether a Handle exists, even where this client may read none of its values.
 *
 * Requests: one GET, whose answer is small however large the record is; none where the cache knows the Handle.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param options may be NULL
 * @param[out] out 1 or 0; 0 on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK, or a status of connection
 */
b2h_status b2h_handle_exists(b2h_client *client,
                             const char *handle,
                             const b2h_call_options *options,
                             int32_t *out,
                             b2h_error **err);

/**
 * Reads the records of many Handles, several at the same time, on the thread of the caller. Each is read as
 * b2h_get_record() reads it, and one that fails does not keep the others back: look at each with b2h_results_status(),
 * or at b2h_results_failures().
 *
 * The timeout is for each Handle, from when its reading begins: a call may take as long as that, times count, divided by
 * concurrency. A cancel token ends it at any time; the Handles that were not read by then have the status B2H_CANCELLED.
 * All records are in memory at the end: read a long list in parts, of some thousand Handles each. Memory that is used
 * again is cheaper than new memory. Up to concurrency replies, of max_reply_bytes at most, are in memory besides.
 *
 * Requests: one GET for each Handle, on at most concurrency connections; none for those that the cache has. With
 * B2H_AUTHENTICATED, two for a login, during which the others wait; where it fails, all others fail alike.
 *
 * @param client the client
 * @param handles the names, prefix/suffix; one that cannot be a Handle fails alone
 * @param count how many; 0 gives results without any
 * @param concurrency how many are read at the same time, from 1 to 1024; 0 for 16
 * @param options may be NULL; B2H_AUTHENTICATED, B2H_AUTHORITATIVE
 * @param[out] out what became of each Handle, in the order of the names, to be freed with b2h_results_free(); NULL on
 *     failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK, also where all reads failed; B2H_INVALID_ARGUMENT; where nothing could be sent at all,
 *     B2H_NO_RESOURCES, or B2H_CONFIG_INVALID where certificate authorities cannot be read
 */
b2h_status b2h_get_records(b2h_client *client,
                           const char *const *handles,
                           size_t count,
                           uint32_t concurrency,
                           const b2h_call_options *options,
                           b2h_results **out,
                           b2h_error **err);

/**
 * Changes the value of a type to a text, or adds one where the Handle has none. Nothing else of the record is
 * written; ttl, permissions and references of a changed value stay.
 *
 * Requests: one GET with credentials (and one without, where the identity may not read all of the record), then
 * one PUT of this value by its index. A new value gets the index that it would have in a new record: 1 for URL, else the first
 * free one from 2 on, except 100 to 199; where another writer takes that index first, the next one is tried.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param type the type of the value, such as "URL"; not HS_ADMIN or another type that holds a structure
 * @param value the text, at most 1 MiB (1048576 bytes)
 * @param options may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_BROKEN_RECORD where several values have the type; B2H_NOT_ALLOWED;
 *     B2H_VALUE_TOO_LARGE; or a status of authentication, permission or connection. If b2h_error_in_doubt(), the
 *     value may have been changed.
 */
b2h_status b2h_modify_value(b2h_client *client,
                            const char *handle,
                            const char *type,
                            const char *value,
                            const b2h_call_options *options,
                            b2h_error **err);

/**
 * Changes or adds several values at once. Nothing else of the record is written. Of a changed value stays what is
 * not said: ttl, permissions, references.
 *
 * A value is found by its index where it has one, else by its type.
 *
 * Requests: one GET with credentials (and one without, where the identity may not read all of the record), then one
 * PUT of all changed values by their indexes, and one more PUT of those that are added. A new value gets an index as
 * in b2h_register_values(); where another writer takes it first, another one. When the second PUT fails, the first
 * has taken effect.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param values the values; none is fine
 * @param change B2H_MODIFY_OR_ADD, B2H_MODIFY_ONLY or B2H_ADD_ONLY
 * @param options may be NULL; B2H_FORCE_ADMIN
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_VALUE_NOT_FOUND for B2H_MODIFY_ONLY; B2H_BROKEN_RECORD where several
 *     values have a type; B2H_CONFLICT where a given index holds another type; B2H_NOT_ALLOWED for HS_ADMIN unless
 *     the credentials set modify_HS_ADMIN; or a status of authentication, permission or connection. If
 *     b2h_error_in_doubt(), the values may have been changed.
 */
b2h_status b2h_modify_values(b2h_client *client,
                             const char *handle,
                             const b2h_values *values,
                             int32_t change,
                             const b2h_call_options *options,
                             b2h_error **err);

/**
 * Writes values at the indexes they have, whatever is there now. Nothing is read before, so of a value that is there
 * nothing stays.
 *
 * Requests: one PUT.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param values the values, each with an index; none is fine
 * @param options may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_INVALID_ARGUMENT for a value without an index; B2H_NOT_ALLOWED for
 *     HS_ADMIN and for the indexes 100 to 199 unless the credentials set modify_HS_ADMIN; or a status of
 *     authentication, permission or connection. If b2h_error_in_doubt(), the values may have been written.
 */
b2h_status b2h_put_values(b2h_client *client,
                          const char *handle,
                          const b2h_values *values,
                          const b2h_call_options *options,
                          b2h_error **err);

/**
 * Adds a member to a list of users (HS_VLIST). One that is there already is no error.
 *
 * Requests: one GET, one PUT and one more GET. Servers have no conditional write: edits of one Handle through this
 * client wait for each other; between programs the last one wins. A change that is gone at the second GET is
 * reported as B2H_CONFLICT; one that is undone later is not.
 *
 * @param client the client
 * @param handle the name of the Handle with the list
 * @param index the index of the list
 * @param member index:prefix/suffix of the user's key
 * @param options may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_VALUE_NOT_FOUND without an HS_VLIST value there; B2H_CONFLICT where another program undid the
 *     change; or a status of authentication, permission or connection
 */
b2h_status b2h_add_to_vlist(b2h_client *client,
                            const char *handle,
                            uint32_t index,
                            const char *member,
                            const b2h_call_options *options,
                            b2h_error **err);

/**
 * Removes a member from a list of users (HS_VLIST). One that is not there is no error.
 *
 * Requests: as b2h_add_to_vlist().
 *
 * @param client the client
 * @param handle the name of the Handle with the list
 * @param index the index of the list
 * @param member index:prefix/suffix of the user's key
 * @param options may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_add_to_vlist()
 */
b2h_status b2h_remove_from_vlist(b2h_client *client,
                                 const char *handle,
                                 uint32_t index,
                                 const char *member,
                                 const b2h_call_options *options,
                                 b2h_error **err);

/**
 * Reads the locations of a Handle: those of all its 10320/LOC values. None are no error.
 *
 * Requests: one GET of the values of this type; none where the cache has them.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param options may be NULL; B2H_AUTHORITATIVE, B2H_AUTHENTICATED
 * @param[out] out the locations, to be freed with b2h_locations_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_BROKEN_RECORD where a value is not well-formed XML with the outermost
 *     element <locations>, or has a document type declaration; or a status of authentication or connection
 */
b2h_status b2h_get_locations(b2h_client *client,
                             const char *handle,
                             const b2h_call_options *options,
                             b2h_locations **out,
                             b2h_error **err);

/**
 * Tells whether a location of a Handle has the URL.
 *
 * Requests: as b2h_get_locations().
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param url the URL; compared as it is, character by character
 * @param options may be NULL; B2H_AUTHORITATIVE, B2H_AUTHENTICATED
 * @param[out] out 1 or 0; 0 on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_get_locations()
 */
b2h_status b2h_has_location(b2h_client *client,
                            const char *handle,
                            const char *url,
                            const b2h_call_options *options,
                            int32_t *out,
                            b2h_error **err);

/**
 * Adds locations to a Handle: several URLs, each with the same attributes. A URL that is there already is not added
 * once more, but gets the attributes; its other attributes stay. Where the Handle has no 10320/LOC value, it gets
 * one, with the attribute chooseby from the key 10320LOC_chooseby of the credentials.
 *
 * Nothing else of the record is written. In the XML of a value that is there, only these places are changed;
 * comments, attributes of others, elements that nobody knows, the order and the layout stay as they are.
 *
 * Without an id among the attributes, each new location gets the first number that is free, from 0 on.
 *
 * Requests: one GET of the record with credentials (and one without, where the identity may not read all of it), one
 * PUT of this value by its index, and one more GET of it; only the first where all is as wanted already; none without
 * a URL. Servers have no conditional write: edits of one Handle through this client wait for each other; between
 * programs the last one wins. A change that is gone at the last GET is reported as B2H_CONFLICT; one that is undone
 * later is not.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param urls the URLs; may be NULL if there are none
 * @param url_count how many
 * @param attribute_names such as "weight" (a number from 0 to 1 such as 0.5), "http_role", "country", "id" (for one URL
 *     only) or any other name of an XML attribute but "href"; may be NULL if there are none
 * @param attribute_values as many values; may be NULL if there are none
 * @param attribute_count how many
 * @param options may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_BROKEN_RECORD where the Handle has several 10320/LOC values, or one that
 *     b2h_get_locations() would not understand; B2H_INVALID_ARGUMENT or B2H_INVALID_VALUE for attributes that are not
 *     possible; B2H_CONFLICT where another location has the id, or another program undid the change;
 *     B2H_VALUE_TOO_LARGE; or a status of authentication, permission or connection. If b2h_error_in_doubt(), the
 *     locations may have been written.
 */
b2h_status b2h_add_locations(b2h_client *client,
                             const char *handle,
                             const char *const *urls,
                             size_t url_count,
                             const char *const *attribute_names,
                             const char *const *attribute_values,
                             size_t attribute_count,
                             const b2h_call_options *options,
                             b2h_error **err);

/**
 * Puts one URL in the place of another in the locations of a Handle; id, weight and all other attributes stay.
 *
 * Requests: as b2h_add_locations().
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param old_url the URL that is there; where several locations have it, all of them get the new one
 * @param new_url the new URL
 * @param options may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_VALUE_NOT_FOUND where no location has the old URL; B2H_CONFLICT where one has the new URL
 *     already; else as b2h_add_locations()
 */
b2h_status b2h_exchange_location(b2h_client *client,
                                 const char *handle,
                                 const char *old_url,
                                 const char *new_url,
                                 const b2h_call_options *options,
                                 b2h_error **err);

/**
 * Removes the locations of a Handle that have one of these URLs. None to remove is no error. With the last location
 * goes the whole 10320/LOC value.
 *
 * Requests: as b2h_add_locations(), and for the last location a DELETE of the value by its index in place of the PUT.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param urls the URLs; may be NULL if there are none
 * @param url_count how many
 * @param options may be NULL
 * @param[out] out_count how many locations were removed; 0 on failure; may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_add_locations()
 */
b2h_status b2h_remove_locations(b2h_client *client,
                                const char *handle,
                                const char *const *urls,
                                size_t url_count,
                                const b2h_call_options *options,
                                size_t *out_count,
                                b2h_error **err);

/**
 * Deletes a Handle with all its values. Identifiers are meant to persist: consider pointing the Handle to a page
 * that says what became of the object instead.
 *
 * Requests: one DELETE.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param options may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND; or a status of authentication, permission or connection. If
 *     b2h_error_in_doubt(), the Handle may have been deleted.
 */
b2h_status b2h_delete_handle(b2h_client *client,
                             const char *handle,
                             const b2h_call_options *options,
                             b2h_error **err);

/**
 * Deletes all values of these types. None to delete is no error.
 *
 * Requests: one GET as for b2h_modify_value(), and one DELETE of the values by their indexes (of 500 at a time; the
 * whole call then succeeds only if all do); none without something to delete, since a DELETE without an index would
 * delete the Handle.
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param types names of types; may be NULL if there are none
 * @param type_count how many
 * @param options may be NULL; B2H_FORCE_ADMIN
 * @param[out] out_count how many values were deleted; 0 on failure; may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_HANDLE_NOT_FOUND; B2H_NOT_ALLOWED for HS_ADMIN unless the credentials set modify_HS_ADMIN and
 *     an administrator remains; or a status of authentication, permission or connection. If b2h_error_in_doubt(),
 *     the values may have been deleted.
 */
b2h_status b2h_delete_values(b2h_client *client,
                             const char *handle,
                             const char *const *types,
                             size_t type_count,
                             const b2h_call_options *options,
                             size_t *out_count,
                             b2h_error **err);

/**
 * Deletes the values at these indexes. Indexes without a value are no error.
 *
 * Otherwise as b2h_delete_values().
 *
 * @param client the client
 * @param handle the name, prefix/suffix
 * @param indexes the indexes; may be NULL if there are none
 * @param index_count how many
 * @param options may be NULL; B2H_FORCE_ADMIN
 * @param[out] out_count how many values were deleted; 0 on failure; may be NULL
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return as b2h_delete_values()
 */
b2h_status b2h_delete_values_at(b2h_client *client,
                                const char *handle,
                                const uint32_t *indexes,
                                size_t index_count,
                                const b2h_call_options *options,
                                size_t *out_count,
                                b2h_error **err);

/**
 * Finds the Handles that have certain values, by the reverse lookup (a servlet that many Handle servers have beside the
 * REST API; see "reverselookup_baseuri" and the other keys in b2h_client_from_json()).
 *
 * A Handle is found if it has for each type a value with the text. The text is meant whole; in it, * stands for
 * anything (and cannot be meant as itself), and beside a * the characters % and _ may be wildcards too, depending on the
 * servlet. A type that is given twice is two conditions on one value. The case of types counts, that of texts depends on
 * the servlet. Values that are not public are searched too, HS_SECKEY never. Handles come in no order, each of them once.
 *
 * Types must be in "allowed_search_keys", by default URL and CHECKSUM as in B2HANDLE; [] allows all.
 *
 * With B2H_WITH_RECORDS each comes with its values (b2h_handles_record()); then only one type can be searched for.
 *
 * All that is found is held in memory: at most 256 MiB, beyond which the call fails. b2h_search_open() goes through any
 * number.
 *
 * Requests: one GET for each 100000 names, or for each 1000 matching values and one more with records. They show the user
 * of the reverse lookup, over HTTPS only, and all of them end within timeout_ms.
 *
 * @param client the client
 * @param types names of types, such as "URL"
 * @param texts for each type the text, such as "*example.org*"
 * @param term_count how many types and texts; at least 1
 * @param prefix only Handles of this prefix, such as "21.T12345"; NULL for all prefixes
 * @param limit how many Handles at most; 0 = all
 * @param options may be NULL; B2H_WITH_RECORDS
 * @param[out] out the Handles, to be freed with b2h_handles_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK, also where nothing is found; B2H_NO_REVERSE_LOOKUP where there is none at the address;
 *     B2H_AUTHENTICATION_FAILED for a wrong user or password; B2H_AUTHENTICATION_REQUIRED without one;
 *     B2H_REQUEST_REFUSED for a type that the servlet does not know, and for records where it has none;
 *     B2H_NOT_ALLOWED for a type that is not allowed; B2H_CONFIG_INVALID where no server is configured;
 *     B2H_INVALID_HANDLE for what is no prefix; B2H_INVALID_ARGUMENT; B2H_INSECURE_TRANSPORT; B2H_REPLY_TOO_LARGE;
 *     B2H_SERVER_ERROR with the words of the servlet; or a status of connection
 */
b2h_status b2h_search_handles(b2h_client *client,
                              const char *const *types,
                              const char *const *texts,
                              size_t term_count,
                              const char *prefix,
                              size_t limit,
                              const b2h_call_options *options,
                              b2h_handles **out,
                              b2h_error **err);

/**
 * Begins a search, as b2h_search_handles(), whose Handles b2h_cursor_next() gives page by page. What is changed on the
 * server meanwhile may be missed, but no Handle comes twice.
 *
 * Makes no request.
 *
 * @param client the client
 * @param types names of types, such as "URL"
 * @param texts for each type the text
 * @param term_count how many types and texts; at least 1
 * @param prefix only Handles of this prefix; NULL for all prefixes
 * @param page_size how many names, or with records matching values, are asked for at a time, up to 100000; 0 = 1000
 * @param options may be NULL; B2H_WITH_RECORDS
 * @param[out] out the cursor, to be freed with b2h_cursor_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_NOT_ALLOWED, B2H_CONFIG_INVALID, B2H_INVALID_HANDLE or B2H_INVALID_ARGUMENT as
 *     b2h_search_handles()
 */
b2h_status b2h_search_open(b2h_client *client,
                           const char *const *types,
                           const char *const *texts,
                           size_t term_count,
                           const char *prefix,
                           size_t page_size,
                           const b2h_call_options *options,
                           b2h_cursor **out,
                           b2h_error **err);

/**
 * Lists the Handles below a prefix. That needs the permission list_handles in an HS_ADMIN value of the prefix's own
 * record, and a server that allows listing.
 *
 * All names are held in memory, about 100 bytes each: at most 256 MiB, beyond which the call fails. b2h_list_open() goes
 * through any number.
 *
 * Requests: one GET for 10000 names, with credentials. All of them within timeout_ms.
 *
 * @param client the client
 * @param prefix the prefix, such as "21.T12345"
 * @param limit how many Handles at most; 0 = all
 * @param options may be NULL
 * @param[out] out the Handles, to be freed with b2h_handles_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_PERMISSION_DENIED without list_handles; B2H_PREFIX_NOT_SERVED; B2H_REQUEST_REFUSED where the
 *     server lists nothing (HTTP status 501); B2H_INVALID_HANDLE for what is no prefix; B2H_REPLY_TOO_LARGE; or a
 *     status of authentication or connection
 */
b2h_status b2h_list_handles(b2h_client *client,
                            const char *prefix,
                            size_t limit,
                            const b2h_call_options *options,
                            b2h_handles **out,
                            b2h_error **err);

/**
 * Begins a listing, as b2h_list_handles(), whose Handles b2h_cursor_next() gives page by page.
 *
 * Whatever is registered and deleted meanwhile: no Handle comes twice, and those that are there all the time do come.
 * (They could be missed only where, between two pages, as many are registered as deleted, which the server does not let
 * show.)
 *
 * Makes no request.
 *
 * @param client the client
 * @param prefix the prefix, such as "21.T12345"
 * @param page_size how many Handles are asked for at a time, up to 100000; 0 = 1000
 * @param[out] out the cursor, to be freed with b2h_cursor_free(); NULL on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK; B2H_INVALID_HANDLE for what is no prefix; B2H_INVALID_ARGUMENT
 */
b2h_status b2h_list_open(b2h_client *client,
                         const char *prefix,
                         size_t page_size,
                         b2h_cursor **out,
                         b2h_error **err);

/**
 * Gives the next Handles of a search or a listing.
 *
 *     while (b2h_cursor_next(client, cursor, NULL, &page, &error) == B2H_OK && page != NULL) {
 *         for (i = 0; i < b2h_handles_count(page); i++)
 *             puts(b2h_handles_name(page, i));
 *         b2h_handles_free(page);
 *     }
 *
 * Requests: one GET as a rule; more where a page holds nothing that is new and of the prefix. None at the end.
 *
 * @param client the client that the cursor was opened with
 * @param cursor the cursor. After a failure it has not moved: the call can be made again
 * @param options may be NULL; the time is for this page
 * @param[out] out one or more Handles, to be freed with b2h_handles_free(); NULL at the end, and on failure
 * @param[out] err why it failed, to be freed with b2h_error_free(); may be NULL
 * @return B2H_OK, also at the end; as b2h_search_handles() or b2h_list_handles()
 */
b2h_status b2h_cursor_next(b2h_client *client,
                           b2h_cursor *cursor,
                           const b2h_call_options *options,
                           b2h_handles **out,
                           b2h_error **err);

/**
 * Frees a cursor. Handles that it gave stay.
 *
 * @param cursor the cursor; NULL is fine
 */
void b2h_cursor_free(b2h_cursor *cursor);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* B2HANDLE_H */

/** Options of a call that leave everything as it is; set members afterwards. */
#define B2H_CALL_OPTIONS_INIT {sizeof(b2h_call_options), 0, 0, 0, 0, NULL}
/** Statistics to be filled by b2h_client_stats(). */
#define B2H_STATS_INIT {sizeof(b2h_stats), 0, 0, 0, 0, 0, 0, 0, 0}
