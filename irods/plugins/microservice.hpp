// A microservice over one function of libb2handle_irods. One source file makes one plugin, since iRODS takes
// one operation from each.
#ifndef B2H_IRODS_MICROSERVICE_HPP
#define B2H_IRODS_MICROSERVICE_HPP

#include "parameter.hpp"
#include "session.hpp"

#include "irods/irods_ms_plugin.hpp"
#include "irods/irods_re_structs.hpp"
#include "irods/rodsErrorTable.h"

#include <array>
#include <functional>
#include <tuple>
#include <utility>

namespace b2h
{

/*
 * Calls the function with what is in the parameters, and fills the outputs if it succeeds. Nothing but 0 and
 * negative codes leaves: iRODS loses positive ones on one of its two paths; and no exception, which would end
 * the agent.
 */
template <auto Function, typename... Parameters>
int call(const char *name, const std::tuple<Parameters...> &parameters,
         const std::array<msParam_t *, sizeof...(Parameters)> &given, ruleExecInfo_t *rei) noexcept
{
    try {
        if (!rei || !rei->rsComm) {
            return SYS_INTERNAL_NULL_INPUT_ERR;
        }
        const Session session{name, rei->rsComm};
        std::tuple<typename Carrier<Parameters>::type...> carriers;

        const auto run = [&]<std::size_t... I>(std::index_sequence<I...>)
        {
            int code = 0;
            // Each step only while all before it succeeded.
            (void)(((code = std::get<I>(carriers).read(session.caller(), std::get<I>(parameters),
                                                       given[I])) == 0) &&
                   ...);
            if (code == 0) {
                code = Function(&session.caller(), std::get<I>(carriers).argument()...);
            }
            (void)(code == 0 && (((code = std::get<I>(carriers).deliver()) == 0) && ...));
            return code;
        };
        const int code = run(std::index_sequence_for<Parameters...>{});
        return code > 0 ? SYS_INTERNAL_ERR : code;
    } catch (...) {
        return SYS_INTERNAL_ERR;
    }
}

/* What iRODS gets: a function of exactly as many msParam_t * as there are parameters, and the ruleExecInfo_t.
 */
template <auto Function, typename... Parameters>
irods::ms_table_entry *microservice(const char *name, Parameters... parameters) noexcept
{
    try {
        const auto make = [&]<std::size_t... I>(std::index_sequence<I...>)
        {
            using Call =
                std::function<int(decltype((void)I, static_cast<msParam_t *>(nullptr))..., ruleExecInfo_t *)>;
            auto entry = std::make_unique<irods::ms_table_entry>(static_cast<int>(sizeof...(Parameters)));
            entry->add_operation(name, Call{[name, all = std::tuple{parameters...}](auto *...arguments) {
                                     const auto last = std::tuple{arguments...};
                                     return call<Function, Parameters...>(
                                         name, all, {std::get<I>(last)...},
                                         std::get<sizeof...(Parameters)>(last));
                                 }});
            return entry.release();
        };
        return make(std::index_sequence_for<Parameters...>{});
    } catch (...) {
        return nullptr;
    }
}

} // namespace b2h

/* The one symbol that iRODS looks for. */
#define B2H_PLUGIN(...)                                                                                      \
    extern "C" __attribute__((visibility("default"))) irods::ms_table_entry *plugin_factory()                \
    {                                                                                                        \
        using namespace b2h;                                                                                 \
        return __VA_ARGS__;                                                                                  \
    }

#endif
