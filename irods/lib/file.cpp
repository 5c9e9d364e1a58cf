#include "file.hpp"
#include "refusal.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace b2h_irods
{
namespace
{
constexpr const char *variable = "B2HANDLE_IRODS_CONFIG";
constexpr std::array<const char *, 3> usual = {
    "/etc/irods/b2handle.json",
    "/etc/irods/irods_pid.json",
    "/var/lib/irods/.credentials_store/store_config.json",
};
constexpr std::size_t largest = std::size_t(1) << 20;

class descriptor
{
  public:
    explicit descriptor(int number) noexcept : number_(number)
    {
    }
    descriptor(const descriptor &) = delete;
    descriptor &operator=(const descriptor &) = delete;
    ~descriptor()
    {
        if (number_ >= 0)
            close(number_);
    }
    int number() const noexcept
    {
        return number_;
    }

  private:
    int number_;
};

[[noreturn]] void unusable(const std::string &path, const std::string &why)
{
    throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR, path + ": " + why);
}

/** The text of an error number; strerror() is not for threads. */
std::string words_for(int number)
{
    char buffer[200] = "";
#if defined(__GLIBC__)
    return strerror_r(number, buffer, sizeof buffer);
#else
    return strerror_r(number, buffer, sizeof buffer) == 0 ? buffer : "";
#endif
}

/** For a command that a person can paste. */
std::string quoted(const std::string &path)
{
    std::string text = "'";
    for (const char one : path)
        text += one == '\'' ? std::string("'\\''") : std::string(1, one);
    return text + "'";
}

std::string own_name()
{
    char buffer[1024];
    passwd entry, *found = nullptr;
    if (getpwuid_r(geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != nullptr)
        return found->pw_name;
    return std::to_string(geteuid());
}

void check_owner_and_mode(const std::string &path, const struct stat &state)
{
    if (!S_ISREG(state.st_mode))
        unusable(
            path,
            "it is no regular file. Put the configuration there, or name another file in the environment "
            "variable " +
                std::string(variable) + ".");
    if (state.st_uid != geteuid() && state.st_uid != 0)
        unusable(path, "it belongs to user " + std::to_string(state.st_uid) +
                           ", who could change it. Give it to the user of the iRODS server: chown " +
                           own_name() + " " + quoted(path));
    if ((state.st_mode & 077) != 0) {
        char mode[8];
        std::snprintf(mode, sizeof mode, "%04o", static_cast<unsigned>(state.st_mode) & 07777u);
        unusable(path, "others than its owner have access (mode " + std::string(mode) +
                           "), and it holds secrets. Take it from them: chmod 600 " + quoted(path));
    }
}
} // namespace

std::string configuration_path()
{
    const char *named = std::getenv(variable);
    if (named != nullptr && *named != 0)
        return named;
    for (const char *path : usual)
        if (access(path, F_OK) == 0 || errno == EACCES)
            return path;
    return usual.front();
}

std::string folder_of(const std::string &file)
{
    const std::size_t slash = file.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : file.substr(0, slash);
}

std::string guarded_content(const std::string &path)
{
    // Not blocking: it could be a pipe that nobody writes to.
    const descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.number() < 0) {
        const int why = errno;
        if (why == ENOENT)
            unusable(path,
                     "there is no such file. Write the configuration there, or name another file in the "
                     "environment variable " +
                         std::string(variable) + ".");
        if (why == EACCES)
            unusable(path, "the user of the iRODS server may not read it: chown " + own_name() + " " +
                               quoted(path) + " && chmod 600 " + quoted(path));
        unusable(path, "it cannot be read: " + words_for(why) + ".");
    }
    struct stat state = {};
    if (fstat(file.number(), &state) != 0)
        unusable(path, "it cannot be read: " + words_for(errno) + ".");
    check_owner_and_mode(path, state);
    std::string content(largest + 1, 0);
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t more = read(file.number(), &content[size], content.size() - size);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            unusable(path, "it cannot be read: " + words_for(errno) + ".");
        if (more == 0)
            break;
        size += static_cast<std::size_t>(more);
    }
    if (size > largest)
        unusable(path, "it has more than 1 MiB, and so is no configuration.");
    std::string exact = content.substr(0, size);
    wipe(content);
    return exact;
}

std::string state_of(const std::string &path)
{
    struct stat state = {};
    if (stat(path.c_str(), &state) != 0)
        return {};
    std::string all;
    const auto add = [&](auto number) { all += std::to_string(number) + " "; };
    add(state.st_dev), add(state.st_ino), add(state.st_size);
    add(state.st_mtim.tv_sec), add(state.st_mtim.tv_nsec), add(state.st_ctim.tv_sec),
        add(state.st_ctim.tv_nsec);
    return all;
}

void wipe(std::string &text) noexcept
{
    for (volatile char *at = text.data(), *end = at + text.size(); at != end; ++at)
        *at = 0;
}
} // namespace b2h_irods
