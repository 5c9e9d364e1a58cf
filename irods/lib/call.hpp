// One call of a microservice: who calls, with which client, until when.
#pragma once

#include "caller.hpp"
#include "service.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace b2h_irods
{
class call
{
  public:
    call(const caller &who, std::shared_ptr<const service> with)
        : who_(who), with_(std::move(with)),
          deadline_(std::chrono::steady_clock::now() + with_->settings.timeout)
    {
    }

    const caller &who() const noexcept
    {
        return who_;
    }
    const b2h_irods::settings &settings() const noexcept
    {
        return with_->settings;
    }
    const b2h::client &client() const noexcept
    {
        return with_->client;
    }
    /** All requests of the call end with it. */
    b2h::call_options options() const
    {
        return b2h::call_options().deadline(deadline_);
    }
    right admit(operation what) const
    {
        return b2h_irods::admit(who_, settings().permissions, what);
    }
    void check_access(operation what, const std::string &path, bool must_exist = false) const
    {
        b2h_irods::check_access(who_, settings().permissions, what, path, must_exist);
    }

  private:
    const caller &who_;
    std::shared_ptr<const service> with_;
    std::chrono::steady_clock::time_point deadline_;
};
} // namespace b2h_irods
