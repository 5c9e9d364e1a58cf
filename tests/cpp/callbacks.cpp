// The functions of a program that the library calls, and exceptions that they throw: none passes through the
// library, and none is lost.
//
//     callbacks CREDENTIALS ENCRYPTED_KEY PASSPHRASE
#include "check.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>

static bool thrown_by(const std::exception_ptr &thrown, const char *words)
{
    try {
        if (thrown)
            std::rethrow_exception(thrown);
    } catch (const std::runtime_error &error) {
        return std::string(error.what()) == words;
    } catch (...) {
    }
    return false;
}

static void log_is_heard(const char *credentials)
{
    std::atomic<int> heard = 0;
    b2h::client left = [&] {
        b2h::config config;
        config.load(credentials)
            .set_log(b2h::log_level::debug, [&](b2h::log_level level, std::string_view message) {
                heard += !message.empty() && level >= b2h::log_level::error && level <= b2h::log_level::debug;
            });
        b2h::client client(config);
        // Clients keep what they were made with.
        config.set_log(b2h::log_level::debug, nullptr);
        return client;
    }();
    CHECK(!left.get_value("21.T12345/EXAMPLE", "URL").empty() && heard > 0);
    std::vector<std::thread> threads;
    for (int nth = 0; nth < 4; nth++)
        threads.emplace_back([&] { CHECK(left.try_get_record("21.T12345/EXAMPLE")); });
    for (std::thread &thread : threads)
        thread.join();
    const int before = heard;
    // Of a session that ends the log tells last, so the function lives longer than the client: see the
    // destructor.
    static_cast<void>(left.get_value("21.T12345/EXAMPLE", "URL", b2h::call_options().authenticated()));
    left = b2h::client::from_json(credentials);
    CHECK(heard > before);
}

static void log_throws(const char *credentials)
{
    std::atomic<bool> throws = false;
    b2h::config config;
    config.load(credentials).set("auth_method", "session");
    config.set_log(b2h::log_level::debug, [&](b2h::log_level, std::string_view) {
        if (throws)
            throw std::runtime_error("from the log");
    });
    b2h::client client(config);
    throws = true;
    try {
        client.register_handle("21.T12345/THROWN", "https://example.org/");
        CHECK(false);
    } catch (const std::runtime_error &error) {
        CHECK(std::string(error.what()) == "from the log");
    }
    // The work was done all the same, and the twin tells both.
    auto read = client.try_get_value("21.T12345/THROWN", "URL");
    CHECK(read && *read == "https://example.org/" && thrown_by(read.callback_exception(), "from the log"));
    auto failed = client.try_get_value("21.T12345/NOT", "URL");
    CHECK(!failed && failed.error().status() == B2H_HANDLE_NOT_FOUND);
    CHECK(thrown_by(failed.callback_exception(), "from the log"));
    auto done = client.try_delete_handle("21.T12345/THROWN");
    CHECK(done && thrown_by(done.callback_exception(), "from the log"));
    // A client that was made comes out, and still has its log.
    auto made = b2h::client::try_from_config(config);
    CHECK(made && made->try_handle_exists("21.T12345/EXAMPLE"));
    // Each thread has its own.
    std::thread([&] {
        CHECK(thrown_by(client.try_stats().callback_exception(), "from the log") == false);
        CHECK(thrown_by(client.try_check().callback_exception(), "from the log"));
    }).join();
    // Nobody is left to be told by a destructor.
    client = b2h::client(b2h::config());
    throws = false;
    CHECK(b2h::client(config).try_handle_exists("21.T12345/EXAMPLE").callback_exception() == nullptr);
}

// The library refuses to be called from inside; the outer call goes on.
static void log_calls_the_library(const char *credentials)
{
    int refused = 0;
    b2h::config config;
    config.load(credentials).set_log(b2h::log_level::debug, [&](b2h::log_level, std::string_view) {
        refused += b2h::client::try_from_json_text("{}").error().status() == B2H_REENTRANT;
    });
    CHECK(!b2h::client(config).get_value("21.T12345/EXAMPLE", "URL").empty() && refused > 0);
}

static void passphrases(const char *key, const std::string &passphrase)
{
    b2h::config config;
    config.set("handle_server_url", "https://127.0.0.1:1")
        .set("private_key", key)
        .set("username", "301:21.T12345/USER01");
    config.ask_passphrase([&](std::string_view path) -> std::optional<std::string> {
        CHECK(path == key);
        return passphrase;
    });
    CHECK(b2h::client::try_from_config(config));
    config.ask_passphrase([](std::string_view) -> std::optional<std::string> { return std::nullopt; });
    CHECK_THROWS(B2H_PASSPHRASE_NEEDED, b2h::client(config));
    config.ask_passphrase([](std::string_view) { return std::string("wrong"); });
    CHECK_THROWS(B2H_PASSPHRASE_WRONG, b2h::client(config));
    config.ask_passphrase([](std::string_view) { return std::string(1 << 20, 'x'); });
    CHECK_THROWS(B2H_PASSPHRASE_NEEDED, b2h::client(config));
    config.ask_passphrase([](std::string_view) -> std::optional<std::string> {
        throw std::runtime_error("cancelled by the user");
    });
    const auto made = b2h::client::try_from_config(config);
    CHECK_FAILED(B2H_PASSPHRASE_NEEDED, made);
    CHECK(thrown_by(made.callback_exception(), "cancelled by the user"));
    try {
        b2h::client client(config);
        CHECK(false);
    } catch (const b2h::error &) {
        CHECK(false);
    } catch (const std::runtime_error &) {
    }
    config.ask_passphrase(nullptr);
    CHECK_THROWS(B2H_PASSPHRASE_NEEDED, b2h::client(config));
    config.set("passphrase", passphrase);
    CHECK(b2h::client::try_from_config(config));
}

int main(int, char **argv)
{
    log_is_heard(argv[1]);
    log_throws(argv[1]);
    log_calls_the_library(argv[1]);
    passphrases(argv[2], argv[3]);
}
