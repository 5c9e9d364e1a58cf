#include "service.hpp"
#include "file.hpp"
#include "library.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <unistd.h>

namespace b2h_irods
{
namespace
{
/** What a process has. It is never freed: at exit other threads may be in calls, and a child must not close
 * what is its parent's. */
struct process {
    pid_t pid;
    /** That of the parent, which may have been in use at the moment of the fork. */
    process *inherited;
    std::mutex mutex;
    std::shared_ptr<const service> made;
    std::string file, content, other_states;

    process(pid_t its, process *parents) : pid(its), inherited(parents)
    {
    }
};

std::atomic<process *> this_process{nullptr};

process &own_process()
{
    process *known = this_process.load();
    const pid_t pid = getpid();
    while (known == nullptr || known->pid != pid) {
        auto made = std::make_unique<process>(pid, known);
        if (this_process.compare_exchange_strong(known, made.get()))
            return *made.release();
    }
    return *known;
}

std::string states_of(const std::vector<std::string> &files)
{
    std::string all;
    for (const std::string &file : files)
        all += state_of(file) + "\n";
    return all;
}

/** The log of the client goes to whoever is in the call. */
void pass_on(b2h::log_level level, std::string_view text)
{
    if (const caller *who = caller::current())
        who->log(static_cast<std::int32_t>(level), std::string(text));
}

/** The Handle that a setting names with an index before it; "" where there is none. */
std::string handle_in(const b2h::client &client, const char *key)
{
    const std::string text = client.try_setting(key).value_or(std::string());
    const b2h::result<b2h::parsed_name> name = b2h::try_name_parse(text);
    return name.has_value() ? name->handle : std::string();
}

std::shared_ptr<const service> make(settings &&from)
{
    b2h::config config = got(b2h::config::try_new());
    for (const auto &[key, value] : from.credentials.all())
        done(config.try_set(key, value));
    done(config.try_set_log(b2h::log_level::warning, pass_on));
    b2h::result<b2h::client> client = b2h::client::try_from_config(config);
    if (!client.has_value())
        throw refusal(B2H_IRODS_SYS_CONFIG_FILE_ERR, from.file + ": " + client.error().message());
    from.credentials = {};
    from.server = client->try_setting("handle_server_url").value_or(std::string());
    from.own_handles = {handle_in(*client, "username"), handle_in(*client, "handleowner")};
    return std::make_shared<const service>(service{std::move(from), *std::move(client)});
}
} // namespace

std::shared_ptr<const service> current_service(const caller &who)
{
    process &own = own_process();
    // The old one may end its session on the server, for which nobody else should wait.
    std::shared_ptr<const service> old;
    const std::lock_guard<std::mutex> lock(own.mutex);
    const std::string file = configuration_path();
    std::string content = guarded_content(file);
    if (own.made != nullptr && file == own.file && content == own.content &&
        states_of(own.made->settings.other_files) == own.other_states) {
        wipe(content);
        return own.made;
    }
    settings from = read_settings(file, content);
    for (const std::string &warning : from.warnings)
        who.log(B2H_IRODS_LOG_WARNING, file + ": " + warning);
    std::string states = states_of(from.other_files);
    std::shared_ptr<const service> made = make(std::move(from));
    who.log(B2H_IRODS_LOG_INFO, file + " was read (" + made->settings.form + "); the Handle server is " +
                                    made->settings.server + ".");
    wipe(own.content);
    own.file = file;
    own.content = std::move(content);
    own.other_states = std::move(states);
    old = std::exchange(own.made, made);
    return made;
}
} // namespace b2h_irods
