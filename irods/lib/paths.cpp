#include "paths.hpp"
#include "refusal.hpp"

#include <algorithm>

namespace b2h_irods
{
bool is_utf8(std::string_view text) noexcept
{
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = [&](std::size_t place) { return static_cast<unsigned char>(text[place]); };
        const unsigned first = byte(at);
        const std::size_t length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (length > 1 && (first < 0xc2 || first > 0xf4 || at + length > text.size()))
            return false;
        unsigned code = length == 1 ? first : first & (0x7fu >> length);
        for (std::size_t more = 1; more < length; more++) {
            if ((byte(at + more) & 0xc0) != 0x80)
                return false;
            code = code << 6 | (byte(at + more) & 0x3f);
        }
        const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
        if (overlong || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
            return false;
        at += length;
    }
    return true;
}

bool is_object_path(const std::string &path) noexcept
{
    if (path.size() < 2 || path.front() != '/' || path.back() == '/')
        return false;
    for (std::size_t start = 1; start < path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string_view segment = std::string_view(path).substr(start, end - start);
        if (segment.empty() || segment == "." || segment == ".." || segment.find('\0') != segment.npos)
            return false;
        start = end + 1;
    }
    return true;
}

void check_path(const std::string &path)
{
    if (!is_object_path(path))
        throw refusal(
            B2H_IRODS_SYS_INVALID_INPUT_PARAM,
            "\"" + path +
                "\" is not the logical path of a data object or collection. Write it in full, such as "
                "/tempZone/home/alice/a.txt, without \".\", \"..\", \"//\" and a \"/\" at the end.");
}

std::optional<std::string> collection_of(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == 0 || slash == std::string::npos)
        return std::nullopt;
    return path.substr(0, slash);
}

namespace
{
constexpr char digits[] = "0123456789ABCDEF";

bool is_plain(unsigned char one) noexcept
{
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') ||
           one == '/' || one == '-' || one == '.' || one == '_' || one == '~';
}
} // namespace

std::string percent_encoded(std::string_view path)
{
    std::string text;
    for (const char character : path) {
        const auto one = static_cast<unsigned char>(character);
        if (is_plain(one))
            text += character;
        else
            text.append({'%', digits[one >> 4], digits[one & 15]});
    }
    return text;
}

std::optional<std::string> percent_decoded(std::string_view text)
{
    const std::string_view known = digits;
    std::string path;
    for (std::size_t at = 0; at < text.size(); at++) {
        if (text[at] != '%') {
            path += text[at];
            continue;
        }
        if (at + 2 >= text.size())
            return std::nullopt;
        const std::size_t high = known.find(text[at + 1]), low = known.find(text[at + 2]);
        if (high >= 16 || low >= 16)
            return std::nullopt;
        path += static_cast<char>(high << 4 | low);
        at += 2;
    }
    // What is written in another way was not made here, and could stand for another object.
    return percent_encoded(path) == text ? std::optional<std::string>(path) : std::nullopt;
}
} // namespace b2h_irods
