#include "json.hpp"
#include "file.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace b2h_irods
{
namespace
{
void wipe_all(json &value) noexcept
{
    if (value.is_string())
        wipe(value.get_ref<std::string &>());
    else if (value.is_structured())
        for (json &one : value)
            wipe_all(one);
}
} // namespace

json read_json(const std::string &text, std::int32_t code, const std::string &what)
{
    std::vector<std::set<std::string>> names;
    const auto look = [&](int depth, json::parse_event_t event, json &parsed) {
        // Far more than anything here has; what handles JSON may call itself for each level.
        if (depth > 100)
            throw refusal(code, what + ": the JSON is nested too deeply.");
        if (event == json::parse_event_t::object_start)
            names.emplace_back();
        else if (event == json::parse_event_t::object_end)
            names.pop_back();
        else if (event == json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
            throw refusal(code, what + ": the name \"" + parsed.get<std::string>() +
                                    "\" comes twice in a JSON object. Remove one of them.");
        // In C, a text would end there, and mean something else.
        const bool is_text = event == json::parse_event_t::key || event == json::parse_event_t::value;
        if (is_text && parsed.is_string() &&
            parsed.get_ref<const std::string &>().find('\0') != std::string::npos)
            throw refusal(code, what + ": a text has a NUL character (\\u0000) inside. Remove it.");
        return true;
    };
    try {
        return json::parse(text, look);
    } catch (const json::parse_error &error) {
        const std::size_t end = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
        const auto start = text.begin(), place = start + static_cast<std::ptrdiff_t>(end);
        const auto line = std::count(start, place, '\n') + 1;
        const std::size_t last = text.rfind('\n', end > 0 ? end - 1 : 0);
        const std::size_t column = end + 1 - (line > 1 && last != std::string::npos ? last + 1 : 0);
        throw refusal(code, what + ": line " + std::to_string(line) + ", column " + std::to_string(column) +
                                ": this is not well-formed JSON.");
    } catch (const json::exception &) {
        throw refusal(code, what + ": a number in it is too large.");
    }
}

std::string write_json(const json &value)
{
    return value.dump();
}

secret_json::~secret_json()
{
    wipe_all(value_);
}
} // namespace b2h_irods
