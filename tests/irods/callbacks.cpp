// Functions of a microservice that throw, although they must not: the call ends with a code all the same.
#include "../../irods/include/b2handle_irods.h"

#include <cstdio>
#include <stdexcept>

namespace
{
int told;

std::int32_t throwing_group(void *, const char *)
{
    throw std::runtime_error("group");
}
std::int32_t no_group(void *, const char *)
{
    return 0;
}
std::int32_t throwing_access(void *, const char *, std::int32_t)
{
    throw 7;
}
void throwing_text(void *, std::int32_t, const char *)
{
    throw std::runtime_error("text");
}
void tell(void *, std::int32_t, const char *)
{
    told++;
}

bool gives(const b2h_irods_caller &caller, std::int32_t wanted)
{
    char *out = nullptr;
    const std::int32_t code = b2h_irods_get(&caller, "/z/a", "URL", &out);
    if (code != wanted || out != nullptr)
        std::printf("%d, not %d\n", code, wanted);
    return code == wanted && out == nullptr;
}
} // namespace

int main()
{
    b2h_irods_caller caller = B2H_IRODS_CALLER_INIT;
    caller.user_name = "alice";
    caller.user_zone = "tempZone";
    caller.tell = tell;
    caller.is_in_group = throwing_group;
    bool good = gives(caller, B2H_IRODS_SYS_INTERNAL_ERR) && told == 1;
    caller.is_in_group = no_group;
    caller.object_access = throwing_access;
    good = good && gives(caller, B2H_IRODS_SYS_INTERNAL_ERR) && told == 2;
    caller.object_access = nullptr;
    caller.tell = throwing_text;
    good = good && gives(caller, B2H_IRODS_SYS_USER_NO_PERMISSION);
    caller.log = throwing_text;
    good = good && gives(caller, B2H_IRODS_SYS_USER_NO_PERMISSION);
    return good ? 0 : 1;
}
