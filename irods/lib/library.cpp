#include "library.hpp"

namespace b2h_irods
{
// Never CAT_NO_ROWS_FOUND: the Python rule engine swallows it.
std::int32_t code_of(b2h_status status) noexcept
{
    switch (status) {
    case B2H_OK:
        return B2H_IRODS_OK;
    case B2H_INVALID_ARGUMENT:
    case B2H_INVALID_HANDLE:
    case B2H_INVALID_VALUE:
    case B2H_VALUE_TOO_LARGE:
    case B2H_NOT_ALLOWED:
        return B2H_IRODS_SYS_INVALID_INPUT_PARAM;
    case B2H_CONFIG_UNREADABLE:
    case B2H_CONFIG_SYNTAX:
    case B2H_CONFIG_INVALID:
    case B2H_KEY_UNREADABLE:
    case B2H_KEY_INVALID:
    case B2H_PASSPHRASE_NEEDED:
    case B2H_PASSPHRASE_WRONG:
    case B2H_KEY_MISMATCH:
    case B2H_INSECURE_TRANSPORT:
        return B2H_IRODS_SYS_CONFIG_FILE_ERR;
    case B2H_NAME_NOT_RESOLVED:
    case B2H_UNREACHABLE:
        return B2H_IRODS_SYS_SOCK_CONNECT_ERR;
    case B2H_TLS_FAILED:
    case B2H_TLS_CERTIFICATE:
    case B2H_TLS_NAME:
        return B2H_IRODS_SSL_HANDSHAKE_ERROR;
    case B2H_TIMED_OUT:
        return B2H_IRODS_SYS_SOCK_READ_TIMEDOUT;
    case B2H_CONNECTION_LOST:
        return B2H_IRODS_SYS_SOCK_READ_ERR;
    case B2H_NO_RESOURCES:
        return B2H_IRODS_SYS_MALLOC_ERR;
    case B2H_AUTHENTICATION_FAILED:
    case B2H_AUTHENTICATION_REQUIRED:
    case B2H_PERMISSION_DENIED:
    case B2H_VALUE_HIDDEN:
        return B2H_IRODS_AUTHENTICATION_ERROR;
    case B2H_HANDLE_NOT_FOUND:
        return B2H_IRODS_DOES_NOT_EXIST;
    case B2H_HANDLE_EXISTS:
        return B2H_IRODS_CATALOG_ALREADY_HAS_ITEM_BY_THAT_NAME;
    case B2H_VALUE_NOT_FOUND:
        return B2H_IRODS_UNMATCHED_KEY_OR_INDEX;
    case B2H_REENTRANT:
    case B2H_SHUTTING_DOWN:
    case B2H_PANIC:
    case B2H_INTERNAL:
        return B2H_IRODS_SYS_INTERNAL_ERR;
    default:
        return B2H_IRODS_ACTION_FAILED_ERR;
    }
}

refusal refusal_of(const b2h::failure &why)
{
    std::string text = why.message();
    const std::optional<std::string> handle = why.handle();
    if (handle.has_value() && text.find(*handle) == std::string::npos)
        text = *handle + ": " + text;
    if (why.in_doubt())
        text += " The outcome is unknown: the change may have taken effect. Read the Handle before you "
                "repeat it.";
    return refusal(code_of(why.status()), std::move(text));
}
} // namespace b2h_irods
