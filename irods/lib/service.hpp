// The one client of a process, and the configuration it was made of.
#pragma once

#include "caller.hpp"
#include "settings.hpp"

#include <b2handle.hpp>

#include <memory>

namespace b2h_irods
{
struct service {
    b2h_irods::settings settings;
    b2h::client client;
};

/**
 * The service of this process. It is made by the first call, and made anew when the configuration file, or a
 * key file that it names, has changed; calls that are under way go on with the old one. A forked child makes
 * its own.
 */
std::shared_ptr<const service> current_service(const caller &who);
} // namespace b2h_irods
