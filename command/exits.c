#include "exits.h"

static int of_access(b2h_status status)
{
    switch (status) {
    case B2H_AUTHENTICATION_FAILED:
    case B2H_AUTHENTICATION_REQUIRED:
        return NOT_AUTHENTICATED;
    case B2H_PERMISSION_DENIED:
    case B2H_VALUE_HIDDEN:
    case B2H_NOT_ALLOWED:
        return NOT_PERMITTED;
    case B2H_INSECURE_TRANSPORT:
        return NOT_CONFIGURED;
    default:
        return FAILED;
    }
}

static int of_record(b2h_status status)
{
    switch (status) {
    case B2H_HANDLE_NOT_FOUND:
    case B2H_VALUE_NOT_FOUND:
    case B2H_PREFIX_NOT_SERVED:
        return NOT_FOUND;
    case B2H_HANDLE_EXISTS:
        return ALREADY_THERE;
    case B2H_BROKEN_RECORD:
    case B2H_CONFLICT:
        return IN_CONFLICT;
    case B2H_UNREADABLE_RECORD:
        return SERVER_TROUBLE;
    default:
        return FAILED;
    }
}

int exit_for(b2h_status status, int in_doubt)
{
    if (status == B2H_OK)
        return DONE;
    if (in_doubt)
        return IN_DOUBT;
    switch (status) {
    case B2H_INVALID_ARGUMENT:
    case B2H_INVALID_HANDLE:
    case B2H_INVALID_VALUE:
    case B2H_VALUE_TOO_LARGE:
        return WRONG_USAGE;
    case B2H_NO_RESOURCES:
    case B2H_CANCELLED:
        return FAILED;
    default:
        break;
    }
    /* The library numbers its statuses by subject. */
    if (status >= 20 && status < 40)
        return NOT_CONFIGURED;
    if (status >= 40 && status < 60)
        return NOT_REACHED;
    if (status >= 80 && status < 100)
        return of_record(status);
    if (status >= 100 && status < 120)
        return SERVER_TROUBLE;
    return of_access(status);
}
