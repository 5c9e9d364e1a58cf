// Who calls, and what iRODS says of them.
#pragma once

#include "../include/b2handle_irods.h"

#include <string>

namespace b2h_irods
{
class caller
{
  public:
    /** Refuses a caller that a microservice has not filled. */
    explicit caller(const b2h_irods_caller *given);
    caller(const caller &) = delete;
    caller &operator=(const caller &) = delete;
    ~caller();

    /** The caller of the call that this thread is in; NULL outside of calls. */
    static const caller *current() noexcept;

    bool is_admin() const noexcept
    {
        return given_.is_admin == 1;
    }
    /** name#zone */
    const std::string &name() const noexcept
    {
        return name_;
    }
    bool is_in_group(const std::string &group) const;
    /** 1, 0 or a negative code, as b2h_irods_caller::object_access(). */
    std::int32_t access(const std::string &path, std::int32_t level) const;
    /** Whether there is no object with this path, as far as the user can see. */
    bool is_gone(const std::string &path) const;
    /** ZONE/ID of the object; "" where that could not be found out. */
    std::string catalogue_id(const std::string &path) const;

    void log(std::int32_t level, const std::string &text) const;
    /** Tells the user and the log why the call failed. */
    void fail(std::int32_t code, const std::string &text) const;

  private:
    std::string introduced(const std::string &text) const;

    b2h_irods_caller given_ = B2H_IRODS_CALLER_INIT;
    std::string name_, microservice_;
    const caller *outer_;
};
} // namespace b2h_irods
