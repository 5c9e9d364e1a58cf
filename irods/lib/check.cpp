// msiB2hCheck
#include "arguments.hpp"
#include "library.hpp"
#include "operations.hpp"

namespace b2h_irods
{
namespace
{
const char *word_for(b2h::verdict verdict) noexcept
{
    switch (verdict) {
    case b2h::verdict::good:
        return "good";
    case b2h::verdict::bad:
        return "bad";
    case b2h::verdict::not_configured:
        return "not configured";
    default:
        return "unknown";
    }
}
} // namespace

std::string check(const call &in)
{
    in.admit(operation::check);
    const settings &from = in.settings();
    report made;
    made.configuration = from.file;
    made.form = from.form;
    made.server = from.server;
    made.prefix = from.prefix;
    made.user = in.who().name();
    for (const b2h::finding &one : got(in.client().try_check(in.options()))) {
        made.ok = made.ok && one.verdict != b2h::verdict::bad;
        made.findings.push_back({one.subject, word_for(one.verdict), one.message});
    }
    made.findings.push_back({"paths", from.path.has_value() ? "good" : "not configured",
                             from.path.has_value()
                                 ? "A Handle points to an object with its value " + from.path->type + "."
                                 : "\"irods\" does not say how a Handle points to an object."});
    for (const std::string &warning : from.warnings)
        made.findings.push_back({"configuration", "unknown", warning});
    for (std::size_t at = 0; at < operations; at++) {
        const right by = right_of(in.who(), from.permissions[at]);
        if (by != right::none)
            (by == right::full ? made.may : made.may_by_access)
                .push_back(name_of(static_cast<operation>(at)));
    }
    return json_report(made);
}
} // namespace b2h_irods
