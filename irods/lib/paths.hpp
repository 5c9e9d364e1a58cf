// Logical paths of iRODS, and how they are written in URLs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace b2h_irods
{
/** Whether a text is UTF-8, without overlong forms and surrogates. */
bool is_utf8(std::string_view text) noexcept;

/** Whether a text is an absolute, normalised path. */
bool is_object_path(const std::string &path) noexcept;

/** Refuses what is no absolute, normalised path: another spelling would be looked up as another object. */
void check_path(const std::string &path);

/** The collection that a path lies in; none for a zone. */
std::optional<std::string> collection_of(const std::string &path);

/** RFC 3986: all but unreserved characters and "/" as %XX. */
std::string percent_encoded(std::string_view path);

/** The path that percent_encoded() makes this text of; none where it makes it of no path. */
std::optional<std::string> percent_decoded(std::string_view text);
} // namespace b2h_irods
