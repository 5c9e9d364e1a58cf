// A service that registers what it ingests: each file that appears in a folder gets a Handle with its
// address, its size and its checksum, and then moves to the archive.
//
//     ingest CREDENTIALS.json INBOX ARCHIVE BASE_URL [--once]
//
// Write files into INBOX under a name that ends in .part, and rename them when they are complete. The service
// ends with SIGTERM or SIGINT, with --once when the inbox is empty.
//
// The name of a Handle is made from the address of its file and always the same. So whatever ends the service
// between two steps, and whatever reply is lost, the next round takes the file up where it was left, and no
// file gets two Handles.
#include <b2handle.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace
{
// b2h_cancel_trigger() is all that a signal handler needs to call, and may.
b2h_cancel *stopping;

extern "C" void stop(int)
{
    b2h_cancel_trigger(stopping);
}

void say(const std::string &line)
{
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> guard(one_at_a_time);
    std::cout << line << std::endl;
}

/** CRC-32, so that the example needs no other library; take SHA-256 from yours. */
std::string checksum_of(const fs::path &file)
{
    std::ifstream content(file, std::ios::binary);
    content.exceptions(std::ios::badbit);
    std::array<char, 65536> buffer;
    std::uint32_t crc = 0xffffffff;
    do {
        content.read(buffer.data(), buffer.size());
        for (std::streamsize at = 0; at < content.gcount(); at++) {
            crc ^= static_cast<unsigned char>(buffer[static_cast<std::size_t>(at)]);
            for (int bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
        }
    } while (content);
    char text[16];
    std::snprintf(text, sizeof text, "crc32:%08x", static_cast<unsigned>(~crc));
    return text;
}

class service
{
  public:
    service(const char *credentials, fs::path inbox, fs::path archive, std::string base_url)
        : client_(b2h::config()
                      .load(credentials)
                      .set_log(b2h::log_level::warning,
                               [](b2h::log_level, std::string_view message) {
                                   say("log: " + std::string(message));
                               })),
          inbox_(std::move(inbox)), archive_(std::move(archive)), base_url_(std::move(base_url)),
          prefix_(client_.setting("prefix"))
    {
        stopping = stop_.get();
        std::signal(SIGTERM, stop);
        std::signal(SIGINT, stop);
    }

    ~service()
    {
        // There is nothing left to trigger.
        std::signal(SIGTERM, SIG_DFL);
        std::signal(SIGINT, SIG_DFL);
    }

    /** Returns how many files could not be ingested. */
    std::size_t run(bool once)
    {
        while (!stop_.is_triggered()) {
            const std::vector<fs::path> files = waiting();
            if (files.empty() && once)
                break;
            ingest_all(files);
            if (!once || !files.empty())
                std::this_thread::sleep_for(200ms);
        }
        return refused_.size();
    }

  private:
    /** Files that are complete, without those that were refused before. */
    std::vector<fs::path> waiting() const
    {
        std::vector<fs::path> files;
        for (const fs::directory_entry &entry : fs::directory_iterator(inbox_))
            if (entry.is_regular_file() && entry.path().extension() != ".part" &&
                refused_.count(entry.path()) == 0)
                files.push_back(entry.path());
        return files;
    }

    /** Several threads use the same client. */
    void ingest_all(const std::vector<fs::path> &files)
    {
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t at = next++; at < files.size() && !stop_.is_triggered(); at = next++) {
                try {
                    ingest(files[at]);
                } catch (const b2h::error &error) {
                    // In doubt: the next round finds out. Retryable: it may be better then. Stopped: the next
                    // start.
                    say(files[at].string() + ": " + error.what());
                    if (!error.in_doubt() && !error.retryable() && error.status() != B2H_CANCELLED)
                        refuse(files[at]);
                } catch (const std::exception &error) {
                    say(files[at].string() + ": " + error.what());
                    refuse(files[at]);
                }
            }
        };
        std::vector<std::thread> threads;
        for (std::size_t count = std::min<std::size_t>(files.size(), 4); count > 0; count--)
            threads.emplace_back(work);
        for (std::thread &thread : threads)
            thread.join();
    }

    void ingest(const fs::path &file)
    {
        const std::string url = base_url_ + file.filename().string();
        const std::string name = b2h::name_from_text(prefix_, "url", url);
        const std::string checksum = checksum_of(file);
        const auto options = b2h::call_options().timeout(30s).cancel(stop_);

        b2h::values values;
        values.add_text("URL", url)
            .add_text("CHECKSUM", checksum)
            .add_text("SIZE", std::to_string(fs::file_size(file)));
        const b2h::result<std::string> registered = client_.try_register_values(name, values, options);
        if (!registered) {
            if (registered.error().status() != B2H_HANDLE_EXISTS)
                throw b2h::error(registered.error());
            // Registered by an earlier round, or another file under the same address?
            if (client_.get_value(name, "CHECKSUM", b2h::call_options(options).authoritative()) != checksum)
                throw std::runtime_error(name + " is there already, with another checksum");
        }
        fs::rename(file, archive_ / file.filename());
        say(name + " " + url);
    }

    void refuse(const fs::path &file)
    {
        const std::lock_guard<std::mutex> guard(refusing_);
        refused_.insert(file);
    }

    const b2h::cancel_source stop_;
    const b2h::client client_;
    const fs::path inbox_, archive_;
    const std::string base_url_, prefix_;
    std::mutex refusing_;
    std::set<fs::path> refused_;
};
} // namespace

int main(int argc, char **argv)
{
    const bool once = argc == 6 && std::string(argv[5]) == "--once";
    if (argc != 5 && !once) {
        std::cerr << "usage: " << argv[0] << " CREDENTIALS.json INBOX ARCHIVE BASE_URL [--once]\n";
        return 2;
    }
    try {
        return service(argv[1], argv[2], argv[3], argv[4]).run(once) == 0 ? 0 : 1;
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
