#include "session.hpp"
#include "query.hpp"

#include "irods/rodsErrorTable.h"
#include "irods/rodsLog.h"

#include <cstring>

namespace b2h
{
namespace
{

template <std::size_t Size> std::string text(const char (&field)[Size])
{
    return {field, strnlen(field, Size)};
}

/* Asks the catalogue; no exception may pass the library. */
template <typename Ask> int32_t answer(Ask ask) noexcept
{
    try {
        return ask();
    } catch (const QueryFailed &failed) {
        return failed.code;
    } catch (...) {
        return SYS_INTERNAL_ERR;
    }
}

/* The text as far as iRODS keeps it, cut between characters. */
std::string shortened(std::string text)
{
    constexpr std::size_t most = ERR_MSG_LEN - 2;
    if (text.size() <= most) {
        return text;
    }
    std::size_t end = most - 3;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    return text.substr(0, end) + "...";
}

} // namespace

Session::Session(const char *microservice, rsComm_t *connection)
    : connection_{connection}, user_{text(connection->clientUser.userName),
                                     text(connection->clientUser.rodsZone)}
{
    caller_.microservice = microservice;
    caller_.user_name = user_.name.c_str();
    caller_.user_zone = user_.zone.c_str();
    caller_.is_admin = connection->clientUser.authInfo.authFlag == LOCAL_PRIV_USER_AUTH;
    caller_.context = this;
    caller_.is_in_group = is_in_group;
    caller_.object_access = object_access;
    caller_.object_id = object_id;
    caller_.log = log;
    caller_.tell = tell;
}

int32_t Session::is_in_group(void *context, const char *group) noexcept
{
    return answer([&] { return member(of(context).connection_, of(context).user_, group); });
}

int32_t Session::object_access(void *context, const char *path, int32_t wanted) noexcept
{
    return answer([&] { return access(of(context).connection_, of(context).user_, path, wanted); });
}

int32_t Session::object_id(void *context, const char *path, char *id, size_t size) noexcept
{
    return answer([&] {
        std::string found;
        const int code = b2h::object_id(of(context).connection_, path, found);
        if (code == 1 && found.size() >= size) {
            return static_cast<int>(SYS_INTERNAL_ERR);
        }
        std::strcpy(id, found.c_str());
        return code;
    });
}

void Session::log(void *, int32_t level, const char *text) noexcept
{
    const int irods = level == B2H_IRODS_LOG_ERROR     ? LOG_ERROR
                      : level == B2H_IRODS_LOG_WARNING ? LOG_WARNING
                                                       : LOG_NOTICE;
    rodsLog(irods, "%s", text);
}

void Session::tell(void *context, int32_t code, const char *text) noexcept
{
    answer([&] { return addRErrorMsg(&of(context).connection_->rError, code, shortened(text).c_str()); });
}

} // namespace b2h
