/*
 * libb2handle_irods: what microservices of iRODS need to work with persistent identifiers (Handles), over
 * libb2handle. All logic is here; a microservice reads its parameters, calls one function, and hands over
 * what came out.
 *
 * CONVENTIONS
 *
 * Every function but b2h_irods_free() returns 0 (B2H_IRODS_OK) or a negative number, which is the iRODS error
 * code of the same name (see the constants). Nothing but negative numbers is a failure, and nothing but 0 a
 * success. The reason of a failure is told once through caller->tell() and logged once through caller->log();
 * it is English, names the Handle or the file, says what to do, and never holds a secret. Where a write may
 * have taken effect although the call failed, it says "The outcome is unknown".
 *
 * Arguments are NUL-terminated UTF-8 and are read during the call only. NULL for an argument that must not be
 * NULL gives B2H_IRODS_USER_PARAM_TYPE_ERR; NULL for caller or an output gives
 * B2H_IRODS_SYS_INTERNAL_NULL_INPUT_ERR. Outputs are set to NULL first and filled only on success; they are
 * freed with b2h_irods_free(), never with free().
 *
 * Structure is JSON. Microservices that are given key-value pairs or lists of strings make it with
 * b2h_irods_json_object(), b2h_irods_json_pairs() and b2h_irods_json_list(), never by hand.
 *
 * Configuration: the file that the environment variable B2HANDLE_IRODS_CONFIG names, else the first that
 * exists of /etc/irods/b2handle.json, /etc/irods/irods_pid.json (surfsara's) and
 * /var/lib/irods/.credentials_store/store_config.json (Utrecht's). Which of the three forms a file has shows
 * in what is in it, whatever its name. It is read at the first call of a process, and again when it changes.
 * docs/irods.md describes it.
 *
 * Process: one client per process, made by its first call; calls of all threads share it. A forked child
 * makes its own. Nothing has to be set up or freed; nothing is printed; no exception leaves a function. A
 * call takes less than 30 seconds (timeout_ms in the configuration, 20 seconds by default), plus what the
 * functions of the caller take.
 *
 * Permissions: a rodsadmin of the local zone may do everything. Everybody else may do only what the
 * section "permissions" of the configuration gives them, for each operation: as a user, as a member of a
 * group, or (object_acl) by the access they have to the object that the Handle points to. Users who are not
 * rodsadmin cannot write outside the configured prefix, and cannot write or remove types that begin with HS_.
 *
 * A Handle (argument "handle") is a name, prefix/suffix, or hdl:prefix/suffix; or the absolute logical path
 * of a data object or collection, which begins with "/" and stands for the one Handle that points to it: none
 * is B2H_IRODS_DOES_NOT_EXIST, several are B2H_IRODS_ACTION_FAILED_ERR. Paths are looked up exactly: no
 * character in them is a wildcard.
 */
#ifndef B2HANDLE_IRODS_H
#define B2HANDLE_IRODS_H

#include <stddef.h>
#include <stdint.h>

/* Codes. The numbers are those of iRODS, which has some of the names only since 4.3.1. */

/** Success. */
#define B2H_IRODS_OK 0
/** There is no memory. */
#define B2H_IRODS_SYS_MALLOC_ERR (-16000)
/** No caller, or nowhere to put the output: a fault of the microservice. */
#define B2H_IRODS_SYS_INTERNAL_NULL_INPUT_ERR (-24000)
/** The configuration is missing, may be read by others, or cannot be used. */
#define B2H_IRODS_SYS_CONFIG_FILE_ERR (-25000)
/** The Handle server did not answer in time. */
#define B2H_IRODS_SYS_SOCK_READ_TIMEDOUT (-115000)
/** The connection broke during the request. */
#define B2H_IRODS_SYS_SOCK_READ_ERR (-116000)
/** The iRODS user may not do this. */
#define B2H_IRODS_SYS_USER_NO_PERMISSION (-121000)
/** An argument means nothing: no Handle, no JSON, an empty list of keys, a value that cannot be written. */
#define B2H_IRODS_SYS_INVALID_INPUT_PARAM (-130000)
/** A fault in one of the libraries. */
#define B2H_IRODS_SYS_INTERNAL_ERR (-154000)
/** The Handle server cannot be reached: no such host, no connection. */
#define B2H_IRODS_SYS_SOCK_CONNECT_ERR (-162000)
/** There is no such Handle, or no Handle that points to the path. */
#define B2H_IRODS_DOES_NOT_EXIST (-176000)
/** The Handle server refuses the credentials of the configuration, or the right to do this. */
#define B2H_IRODS_AUTHENTICATION_ERROR (-178000)
/** The Handle has no value of the type. */
#define B2H_IRODS_UNMATCHED_KEY_OR_INDEX (-313000)
/** An argument has a type that the microservice does not understand, or is not set. */
#define B2H_IRODS_USER_PARAM_TYPE_ERR (-323000)
/** The Handle exists already. */
#define B2H_IRODS_CATALOG_ALREADY_HAS_ITEM_BY_THAT_NAME (-809000)
/** Any other failure. */
#define B2H_IRODS_ACTION_FAILED_ERR (-1090000)
/** TLS with the Handle server failed, or its certificate is not trusted. */
#define B2H_IRODS_SSL_HANDSHAKE_ERROR (-2103000)

/* Levels of the log. */

/** Something failed. */
#define B2H_IRODS_LOG_ERROR 1
/** Something works, and should not be left as it is. */
#define B2H_IRODS_LOG_WARNING 2
/** What an operator may want to know. */
#define B2H_IRODS_LOG_INFO 3

/* Access to an object; each includes those before it. */

#define B2H_IRODS_ACCESS_READ 1
#define B2H_IRODS_ACCESS_WRITE 2
#define B2H_IRODS_ACCESS_OWN 3

#ifdef __cplusplus
extern "C" {
#endif

/**
 * On whose behalf a call is made, and what the library asks iRODS about. The microservice fills it for each
 * call: begin with B2H_IRODS_CALLER_INIT and set all members. Later versions append members, and recognise
 * older programs by struct_size. The functions are called by the thread that is in the call, any number of
 * times; they must not throw, nor call this library (but for b2h_irods_free()).
 */
typedef struct {
    /** sizeof(b2h_irods_caller) of the program that calls; set by B2H_IRODS_CALLER_INIT. */
    size_t struct_size;
    /** The microservice, such as "msiB2hGet"; texts begin with it. */
    const char *microservice;
    /** rsComm->clientUser: its name, such as "alice". */
    const char *user_name;
    /** rsComm->clientUser: its zone, such as "tempZone". */
    const char *user_zone;
    /** 1 if rsComm->clientUser is a rodsadmin of this zone (LOCAL_PRIV_USER_AUTH); else 0. */
    int32_t is_admin;
    /** Must be 0. */
    int32_t reserved;
    /** Given to the functions below. */
    void *context;
    /**
     * Whether the user is a member of a group. The name comes as the configuration has it; a name is data: it
     * may hold quotes and wildcards of a query. Returns 1 or 0, or a negative iRODS code where it could not
     * be found out, which counts as no. NULL: nobody is in a group.
     */
    int32_t (*is_in_group)(void *context, const char *group);
    /**
     * Whether the user, or a group of theirs, has at least this access (B2H_IRODS_ACCESS_...) to the data
     * object or collection with exactly this logical path, in which any character may occur. Returns 1 or 0;
     * B2H_IRODS_DOES_NOT_EXIST where there is no such object; or another negative iRODS code where it could
     * not be found out, which counts as no. NULL: nobody has access.
     */
    int32_t (*object_access)(void *context, const char *path, int32_t access);
    /**
     * The id that the catalogue of its zone gave the data object or collection with exactly this logical
     * path, in decimal digits with a NUL at the end, in so many bytes. Returns 1, B2H_IRODS_DOES_NOT_EXIST or
     * another negative iRODS code where it could not be found out. NULL: nobody can prove which object a PID
     * belongs to.
     */
    int32_t (*object_id)(void *context, const char *path, char *id, size_t size);
    /** Writes a line to the log: a level (B2H_IRODS_LOG_...) and a text without a line end. NULL: nothing is
     * logged. */
    void (*log)(void *context, int32_t level, const char *text);
    /** Adds the reason of a failure to the errors that the user sees (rsComm->rError). NULL: the user is not
     * told. */
    void (*tell)(void *context, int32_t code, const char *text);
} b2h_irods_caller;

#define B2H_IRODS_CALLER_INIT                                                                                \
    {                                                                                                        \
        sizeof(b2h_irods_caller), NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL                 \
    }

/** The version of the library that is running, such as "0.1.0". Static text. */
const char *b2h_irods_version(void);

/**
 * Frees an output of the functions below.
 *
 * @param text the text; NULL is fine
 */
void b2h_irods_free(char *text);

/**
 * Registers a Handle; one that exists is never overwritten. In one request, or two with
 * "lookup_before_register".
 *
 * The values are a JSON object. Each name is a type such as "URL" or "EUDAT/ROR", and its value the text (a
 * number or a boolean is written as text). Names that begin with "@" are no types:
 *  - "@path": the logical path of the object that the Handle shall point to. The values that the profile of
 * the configuration makes of it are written too.
 *  - "@profile": the name of a profile of the configuration, instead of "default"; "" for none.
 * Where values and profile have the same type, the value counts. Text in values is written as it is: nothing
 * in it is ever expanded. Or they are a JSON array of values as the Handle server's REST API has them (index,
 * type, data, ttl, permissions).
 *
 * The target says which name:
 *  - "": the configured prefix and a random UUID.
 *  - "id:TEXT": the configured prefix and a UUID that is made of the text (version 5, namespace "url"),
 * always the same. Use something that never names another object, such as "id:tempZone/10042" with the id of
 * the data object; a path is no such thing. This is idempotent: where the Handle exists already and points to
 * the same path (or, without
 *    "@path", has the same URL), nothing is written and the call succeeds.
 *  - "prefix/suffix": exactly that.
 * So that nobody takes the name that another object will have: users who are not rodsadmin may write
 * "id:ZONE/ID" only for the object at "@path" that has this id, those who may register by their access
 * nothing else after "id:", and no version 5 UUID as a suffix.
 *
 * @param caller on whose behalf
 * @param target which name
 * @param values what the record has
 * @param[out] out_handle the name, prefix/suffix
 * @return B2H_IRODS_OK; B2H_IRODS_CATALOG_ALREADY_HAS_ITEM_BY_THAT_NAME; or as all functions
 */
int32_t b2h_irods_register(const b2h_irods_caller *caller, const char *target, const char *values,
                           char **out_handle);

/**
 * Reads the first value of a type, or a whole record.
 *
 * @param caller on whose behalf
 * @param handle the Handle, or a path
 * @param type such as "URL"; "" for the whole record
 * @param[out] out the value as text; or the record as JSON, an object with "handle" and an array "values", as
 * the Handle server's REST API writes it
 * @return B2H_IRODS_OK; B2H_IRODS_DOES_NOT_EXIST for no such Handle; B2H_IRODS_UNMATCHED_KEY_OR_INDEX for no
 * such value; or as all functions
 */
int32_t b2h_irods_get(const b2h_irods_caller *caller, const char *handle, const char *type, char **out);

/**
 * Changes values, or adds them where the Handle has none of the type. Other values stay untouched.
 *
 * @param caller on whose behalf
 * @param handle the Handle, or a path
 * @param values as for b2h_irods_register(), but without "@profile"; at least one, or "@tombstone". Names
 * that begin with "@" are no types:
 *  - "@path": the path that the Handle must point to; if it does not, nothing is written and the call fails
 * with B2H_IRODS_ACTION_FAILED_ERR. For whoever knows the Handle from a place that others can write to.
 *  - "@tombstone": the path of an object that is gone. Where there is none any more, and the Handle points to
 * it, the value that does, and URL, become the "tombstone" of the configuration; else
 * B2H_IRODS_ACTION_FAILED_ERR.
 * @return B2H_IRODS_OK; B2H_IRODS_DOES_NOT_EXIST; or as all functions
 */
int32_t b2h_irods_modify(const b2h_irods_caller *caller, const char *handle, const char *values);

/**
 * Removes all values of some types. It never removes the Handle.
 *
 * @param caller on whose behalf
 * @param handle the Handle, or a path
 * @param types one type, or a JSON array of types; empty gives B2H_IRODS_SYS_INVALID_INPUT_PARAM
 * @return B2H_IRODS_OK; B2H_IRODS_UNMATCHED_KEY_OR_INDEX where the Handle has no value of one of the types:
 * then nothing is removed; B2H_IRODS_DOES_NOT_EXIST; or as all functions
 */
int32_t b2h_irods_unset(const b2h_irods_caller *caller, const char *handle, const char *types);

/**
 * Deletes a Handle. Identifiers are meant to persist: consider to let it point to a page that says what
 * became of the object instead.
 *
 * @param caller on whose behalf
 * @param handle the Handle, or a path
 * @return B2H_IRODS_OK; B2H_IRODS_DOES_NOT_EXIST; or as all functions
 */
int32_t b2h_irods_delete(const b2h_irods_caller *caller, const char *handle);

/**
 * Finds the Handles that have certain values. Needs the reverse lookup of the Handle server.
 *
 * The query is a JSON object: each name is a type, its value the whole text that is looked for, exactly, with
 * upper and lower case; a Handle is found if all fit. Names that begin with "@" are no types:
 *  - "@path": Handles that point to this logical path.
 *  - "@wildcards": "true" if "*" in texts (not in "@path") stands for anything. Then the reverse lookup alone
 * decides, to which "%", "_" and the case of letters may mean something too.
 *  - "@limit": the largest number of Handles, 1 to 100000; default 1000. More than that is
 *    B2H_IRODS_ACTION_FAILED_ERR: no Handle is left out silently.
 *
 * @param caller on whose behalf
 * @param query the query, with at least one type or "@path"
 * @param[out] out a JSON array of names in alphabetical order; "[]" where nothing is found
 * @return B2H_IRODS_OK, also where nothing is found; or as all functions
 */
int32_t b2h_irods_search(const b2h_irods_caller *caller, const char *query, char **out);

/**
 * Lets a Handle point to a new path: every value that the configuration made of the old path is made of the
 * new one. Values that somebody has set to something else stay.
 *
 * @param caller on whose behalf
 * @param source the old path; or the Handle; or a JSON object of "@handle" and "@path", the Handle and the
 * path that it must point to, without which nothing is changed and the call fails with
 * B2H_IRODS_ACTION_FAILED_ERR
 * @param new_path the new logical path
 * @param[out] out_handle the name of the Handle
 * @return B2H_IRODS_OK, also where the Handle points to the new path already; B2H_IRODS_DOES_NOT_EXIST;
 *     B2H_IRODS_ACTION_FAILED_ERR where several Handles point to the old path: nothing is changed then; or as
 * all functions
 */
int32_t b2h_irods_move(const b2h_irods_caller *caller, const char *source, const char *new_path,
                       char **out_handle);

/**
 * Checks the configuration, whether the Handle server can be reached and accepts the credentials, and what
 * the user may do. Changes nothing.
 *
 * @param caller on whose behalf
 * @param[out] out a JSON object: "ok" (boolean: nothing is bad); "configuration" (the file); "form"
 * ("b2handle", "irods_pid" or "store_config"); "server"; "prefix"; "findings", an array of objects with
 * "subject", "verdict" ("good", "bad", "unknown", "not configured") and "message"; "user" (name#zone); "may",
 * an array of the operations that the user may do, and "may_by_access", those that depend on the access to
 * the object
 * @return B2H_IRODS_OK, however bad the findings are; B2H_IRODS_SYS_CONFIG_FILE_ERR where there is no usable
 * configuration; or as all functions
 */
int32_t b2h_irods_check(const b2h_irods_caller *caller, char **out);

/**
 * Makes a JSON object of keys and values, for a KeyValPair.
 *
 * @param caller is told of failures
 * @param keys the keys, each only once; may be NULL if there are none
 * @param values as many values; may be NULL if there are none
 * @param count how many
 * @param[out] out the JSON text
 * @return B2H_IRODS_OK; B2H_IRODS_SYS_INVALID_INPUT_PARAM for a key that comes twice or text that is not
 * UTF-8
 */
int32_t b2h_irods_json_object(const b2h_irods_caller *caller, const char *const *keys,
                              const char *const *values, size_t count, char **out);

/**
 * Makes a JSON object of a list: key, value, key, value and so on, for a string array that stands for an
 * object.
 *
 * @param caller is told of failures
 * @param strings the list; may be NULL if there are none
 * @param count how many strings
 * @param[out] out the JSON text
 * @return as b2h_irods_json_object(); B2H_IRODS_SYS_INVALID_INPUT_PARAM for an odd number
 */
int32_t b2h_irods_json_pairs(const b2h_irods_caller *caller, const char *const *strings, size_t count,
                             char **out);

/**
 * Makes a JSON array of strings, for a string array that stands for a list of types.
 *
 * @param caller is told of failures
 * @param strings the list; may be NULL if there are none
 * @param count how many strings
 * @param[out] out the JSON text
 * @return as b2h_irods_json_object()
 */
int32_t b2h_irods_json_list(const b2h_irods_caller *caller, const char *const *strings, size_t count,
                            char **out);

/**
 * Refuses a parameter of a type that a microservice does not understand: tells and logs so.
 *
 * @param caller is told
 * @param argument which argument, such as "values"
 * @param given the type that was given, such as "INT_PI"; NULL or "" for a variable that is not set
 * @param wanted what would be understood, such as "a string or key-value pairs"
 * @return B2H_IRODS_USER_PARAM_TYPE_ERR
 */
int32_t b2h_irods_wrong_type(const b2h_irods_caller *caller, const char *argument, const char *given,
                             const char *wanted);

#ifdef __cplusplus
}
#endif

#endif
