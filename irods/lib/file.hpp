// The configuration file, as it lies on the disk.
#pragma once

#include <string>

namespace b2h_irods
{
/** Which file is the configuration. */
std::string configuration_path();

/** The folder that relative paths in a file are meant from. */
std::string folder_of(const std::string &file);

/**
 * The content of the configuration file. Refuses what is no regular file, what others may read or write, and
 * what belongs to somebody other than root or the user of this process.
 */
std::string guarded_content(const std::string &path);

/** What changes when a file does: where it is, its size and its times; "" where it cannot be found. */
std::string state_of(const std::string &path);

/** Overwrites a text that may be secret. */
void wipe(std::string &text) noexcept;
} // namespace b2h_irods
