#include "caller.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <cstring>

namespace b2h_irods
{
namespace
{
thread_local const caller *in_call = nullptr;
}

caller::caller(const b2h_irods_caller *given) : outer_(in_call)
{
    // Version 0.1.0 has all members that there are.
    if (given == nullptr || given->struct_size < sizeof(b2h_irods_caller))
        throw refusal(B2H_IRODS_SYS_INTERNAL_NULL_INPUT_ERR, "The microservice does not say who calls.");
    std::memcpy(&given_, given, sizeof given_);
    microservice_ = given_.microservice != nullptr ? given_.microservice : "";
    if (given_.user_name != nullptr && given_.user_zone != nullptr)
        name_ = std::string(given_.user_name) + "#" + given_.user_zone;
    in_call = this;
}

caller::~caller()
{
    in_call = outer_;
}

const caller *caller::current() noexcept
{
    return in_call;
}

bool caller::is_in_group(const std::string &group) const
{
    return given_.is_in_group != nullptr && given_.is_in_group(given_.context, group.c_str()) == 1;
}

std::int32_t caller::access(const std::string &path, std::int32_t level) const
{
    return given_.object_access != nullptr ? given_.object_access(given_.context, path.c_str(), level) : 0;
}

bool caller::is_gone(const std::string &path) const
{
    return access(path, B2H_IRODS_ACCESS_READ) == B2H_IRODS_DOES_NOT_EXIST;
}

std::string caller::catalogue_id(const std::string &path) const
{
    char id[64] = "";
    if (given_.object_id == nullptr || given_.object_id(given_.context, path.c_str(), id, sizeof id) != 1)
        return {};
    id[sizeof id - 1] = 0;
    const std::string zone = path.substr(1, path.find('/', 1) - 1);
    return *id == 0 ? std::string() : zone + "/" + id;
}

// A line of the log is a line: names come from users.
std::string caller::introduced(const std::string &text) const
{
    std::string line = microservice_.empty() ? text : microservice_ + ": " + text;
    const auto is_control = [](unsigned char one) { return one < 0x20 || one == 0x7f; };
    std::replace_if(line.begin(), line.end(), is_control, ' ');
    return line;
}

void caller::log(std::int32_t level, const std::string &text) const
{
    if (given_.log != nullptr)
        given_.log(given_.context, level, introduced(text).c_str());
}

void caller::fail(std::int32_t code, const std::string &text) const
{
    const std::string line = introduced(text);
    if (given_.tell != nullptr)
        given_.tell(given_.context, code, line.c_str());
    if (given_.log != nullptr)
        given_.log(given_.context, B2H_IRODS_LOG_ERROR, (line + " (" + name_ + ")").c_str());
}
} // namespace b2h_irods
