// A call of a microservice as iRODS sees it: who calls, and where texts go.
#ifndef B2H_IRODS_SESSION_HPP
#define B2H_IRODS_SESSION_HPP

#include "b2handle_irods.h"
#include "catalogue.hpp"

namespace b2h
{

class Session
{
  public:
    /* The client user: the proxy user of a delayed rule is the server itself. */
    Session(const char *microservice, rsComm_t *connection);
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    const b2h_irods_caller &caller() const
    {
        return caller_;
    }

  private:
    static Session &of(void *context)
    {
        return *static_cast<Session *>(context);
    }
    static int32_t is_in_group(void *context, const char *group) noexcept;
    static int32_t object_access(void *context, const char *path, int32_t access) noexcept;
    static int32_t object_id(void *context, const char *path, char *id, size_t size) noexcept;
    static void log(void *context, int32_t level, const char *text) noexcept;
    static void tell(void *context, int32_t code, const char *text) noexcept;

    rsComm_t *connection_;
    User user_;
    b2h_irods_caller caller_ = B2H_IRODS_CALLER_INIT;
};

} // namespace b2h

#endif
