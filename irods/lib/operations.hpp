// What the microservices do. Each refuses by throwing; what it gives is the output.
#pragma once

#include "call.hpp"

#include <string>

namespace b2h_irods
{
std::string register_handle(const call &in, const std::string &target, const std::string &values);
std::string get(const call &in, const std::string &handle, const std::string &type);
void modify(const call &in, const std::string &handle, const std::string &values);
void unset(const call &in, const std::string &handle, const std::string &types);
void delete_handle(const call &in, const std::string &handle);
std::string search(const call &in, const std::string &text);
std::string move(const call &in, const std::string &source, const std::string &new_path);
std::string check(const call &in);
} // namespace b2h_irods
