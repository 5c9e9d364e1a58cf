#include "pattern.hpp"
#include "paths.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <utility>

namespace b2h_irods
{
bool is_name_of_path(const std::string &name)
{
    return name == "OBJECT" || name == "OBJECT_URL";
}

bool is_name_of_handle(const std::string &name)
{
    return is_name_of_path(name) || name == "HANDLE";
}

namespace
{
// Not isalnum(), which the locale has a say in.
bool is_of_name(char one) noexcept
{
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') ||
           one == '_';
}

/** The name in braces at a place; none where there are other braces, such as those of JSON. */
std::optional<std::string> name_at(const std::string &text, std::size_t at)
{
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos || end == at + 1)
        return std::nullopt;
    std::string name = text.substr(at + 1, end - at - 1);
    for (const char one : name)
        if (!is_of_name(one))
            return std::nullopt;
    return name;
}

std::string listed(const variables &known)
{
    std::string names = "OBJECT, OBJECT_URL, HANDLE";
    for (const auto &one : known)
        names += ", " + one.first;
    return names;
}
} // namespace

void pattern::add(kind what, std::string text)
{
    if (what == kind::literal && !pieces_.empty() && pieces_.back().kind == what)
        pieces_.back().text += text;
    else
        pieces_.push_back({what, std::move(text)});
}

pattern pattern::read(const std::string &text, const variables &known)
{
    pattern made;
    for (std::size_t at = 0; at < text.size();) {
        const std::optional<std::string> name = text[at] == '{' ? name_at(text, at) : std::nullopt;
        if (!name.has_value()) {
            made.add(kind::literal, text.substr(at++, 1));
            continue;
        }
        at += name->size() + 2;
        if (is_name_of_handle(*name)) {
            made.add(*name == "OBJECT"       ? kind::object
                     : *name == "OBJECT_URL" ? kind::object_url
                                             : kind::handle);
            continue;
        }
        const auto found = known.find(*name);
        if (found == known.end())
            throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR,
                          "\"" + text + "\": {" + *name + "} is not known. These names are: " +
                              listed(known) + ". Others can be given in \"variables\" of \"irods\".");
        if (!found->second.has_value())
            throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR, "\"" + text + "\": {" + *name +
                                                             "} is not set. Set it, or use \"if_set\": \"" +
                                                             *name + "\".");
        made.add(kind::literal, *found->second);
    }
    return made;
}

pattern pattern::path_after(std::string text, bool encoded)
{
    pattern made;
    while (!text.empty() && text.back() == '/')
        text.pop_back();
    made.add(kind::literal, std::move(text));
    made.add(encoded ? kind::object_url : kind::object);
    return made;
}

bool pattern::needs_path() const noexcept
{
    for (const piece &one : pieces_)
        if (one.kind == kind::object || one.kind == kind::object_url)
            return true;
    return false;
}

bool pattern::names_path() const noexcept
{
    int paths = 0, others = 0;
    for (const piece &one : pieces_) {
        paths += one.kind == kind::object || one.kind == kind::object_url;
        others += one.kind == kind::handle;
    }
    return paths == 1 && others == 0;
}

bool pattern::same_as(const pattern &other) const noexcept
{
    return std::equal(pieces_.begin(), pieces_.end(), other.pieces_.begin(), other.pieces_.end(),
                      [](const piece &a, const piece &b) { return a.kind == b.kind && a.text == b.text; });
}

std::string pattern::fill(const filling &with) const
{
    std::string text;
    for (const piece &one : pieces_) {
        switch (one.kind) {
        case kind::literal:
            text += one.text;
            break;
        case kind::object:
            text += with.path;
            break;
        case kind::object_url:
            text += percent_encoded(with.path);
            break;
        case kind::handle:
            text += with.handle;
            break;
        }
    }
    return text;
}

std::optional<std::string> pattern::path_of(const std::string &text) const
{
    if (!names_path())
        return std::nullopt;
    std::string before, after;
    bool encoded = false, seen = false;
    for (const piece &one : pieces_) {
        if (one.kind == kind::literal)
            (seen ? after : before) += one.text;
        else
            seen = true, encoded = one.kind == kind::object_url;
    }
    if (text.size() <= before.size() + after.size() || text.compare(0, before.size(), before) != 0 ||
        text.compare(text.size() - after.size(), after.size(), after) != 0)
        return std::nullopt;
    std::string path = text.substr(before.size(), text.size() - before.size() - after.size());
    if (!encoded)
        return path;
    return percent_decoded(path);
}
} // namespace b2h_irods
