#include <b2handle.hpp>

void example(b2h::config &config)
{
#ifdef MISUSE
    config.set_log(b2h::log_level::info, [](int, const char *, void *) {});
#else
    config.set_log(b2h::log_level::info, [](b2h::log_level, std::string_view) {});
#endif
}
