// Bad input that compilers do not see: moved-from objects, null pointers, NUL characters inside, times that
// are over, results read after their owner is gone. Each is an error, or works, and nothing is sent.
//
//     misuse CREDENTIALS
#include "check.hpp"

#include <limits>
#include <thread>

using namespace std::chrono_literals;

static void moved_from(const char *credentials)
{
    b2h::client client = b2h::client::from_json(credentials);
    const b2h::client taken = std::move(client);
    CHECK(client.get() == nullptr);
    CHECK_THROWS(B2H_INVALID_ARGUMENT, client.get_value("21.T12345/EXAMPLE", "URL"));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_delete_handle("21.T12345/EXAMPLE"));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_list_open("21.T12345"));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_stats());

    b2h::values values;
    const b2h::values kept = std::move(values.add_text("URL", "https://example.org/"));
    CHECK(values.empty() && kept.size() == 1);
    CHECK_THROWS(B2H_INVALID_ARGUMENT, values.add_text("URL", "https://example.org/"));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, taken.try_register_values("21.T12345/NEVER", values));

    b2h::record record = taken.get_record("21.T12345/EXAMPLE");
    const b2h::record read = std::move(record);
    CHECK(!read.empty() && record.empty() && record.begin() == record.end() && !record.find("URL"));
    CHECK(record.handle().empty() && record.json().empty() && !record[0].text() && record[0].type().empty());

    b2h::results results = taken.get_records({"21.T12345/EXAMPLE"});
    const b2h::results many = std::move(results);
    CHECK(many.size() == 1 && results.empty() && results.failures() == 0);
    CHECK_FAILED(B2H_INVALID_ARGUMENT, results[0].try_record());

    b2h::profile profile = b2h::profile::built_in("eudat-v1");
    const b2h::profile filled = std::move(profile);
    CHECK(!filled.placeholders().empty() && profile.placeholders().empty() && profile.name().empty());
    CHECK_FAILED(B2H_INVALID_ARGUMENT, profile.try_fill({}));

    b2h::config config;
    const b2h::config other = std::move(config);
    CHECK_THROWS(B2H_INVALID_ARGUMENT, config.set("prefix", "21.T12345"));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, config.try_set_log(b2h::log_level::debug, [](auto, auto) {}));
    CHECK_THROWS(B2H_INVALID_ARGUMENT, b2h::client(config));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, b2h::try_server_key_from_prefix(other, "21.T12345", client));

    b2h::cancel_source source;
    const b2h::cancel_source mine = std::move(source);
    source.trigger();
    CHECK(!source.is_triggered() && !mine.is_triggered());
    CHECK_FAILED(B2H_INVALID_ARGUMENT,
                 taken.try_get_record("21.T12345/EXAMPLE", b2h::call_options().cancel(source)));

    b2h::result<std::string> result = taken.try_get_value("21.T12345/EXAMPLE", "URL");
    CHECK(!result->empty() && *result == result.value());
    CHECK(taken.try_get_value("21.T12345/NEVER", "URL").value_or("none") == "none");
    CHECK_THROWS(B2H_HANDLE_NOT_FOUND, *taken.try_get_value("21.T12345/NEVER", "URL"));
    CHECK_THROWS(B2H_HANDLE_NOT_FOUND, taken.try_get_value("21.T12345/NEVER", "URL")->size());
}

static void texts(const b2h::client &client)
{
    const char *null = nullptr;
    const std::string cut("21.T12345/EXAMPLE\0/other", 24);
    CHECK_THROWS(B2H_INVALID_ARGUMENT, client.get_value(null, "URL"));
    CHECK_THROWS(B2H_INVALID_ARGUMENT, client.get_value("21.T12345/EXAMPLE", null));
    CHECK_THROWS(B2H_INVALID_ARGUMENT, client.get_value(cut, "URL"));
    CHECK_THROWS(B2H_INVALID_ARGUMENT, client.delete_handle(cut));
    CHECK_THROWS(B2H_INVALID_ARGUMENT, client.delete_handle(std::string_view(cut)));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_modify_value("21.T12345/EXAMPLE", "URL", cut));
    CHECK(client.try_delete_handle(cut).error().message().find("NUL") != std::string::npos);
    // What is no name keeps no others back.
    const b2h::results several = client.get_records({null, cut, "21.T12345/EXAMPLE"});
    CHECK_FAILED(B2H_INVALID_ARGUMENT, several[0].try_record());
    CHECK_FAILED(B2H_INVALID_ARGUMENT, several[1].try_record());
    CHECK(several.failures() == 2 && several[2]);
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_delete_values("21.T12345/EXAMPLE", {"URL", cut}));
    CHECK_FAILED(B2H_INVALID_ARGUMENT,
                 client.try_add_locations("21.T12345/EXAMPLE", {"https://x/"}, {{"weight", cut}}));
    CHECK_FAILED(B2H_INVALID_ARGUMENT,
                 client.try_add_locations("21.T12345/EXAMPLE", {"https://x/"}, {{cut, "1"}}));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_search_handles({{"URL", null}}));
    // What may be left out is not left out by accident: no prefix would search all of them.
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_search_handles({{"URL", "*"}}, null));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_search_handles({{"URL", "*"}}, cut));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, client.try_get_value("21.T12345/\xff", "URL"));
    CHECK_FAILED(B2H_INVALID_HANDLE, client.try_get_value(std::string_view(), "URL"));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, b2h::client::try_from_json(null));
    CHECK(!b2h::name_equal(null, "21.T12345/EXAMPLE") && !b2h::name_equal(cut, "21.T12345/EXAMPLE"));
    CHECK(!client.get_record("21.T12345/EXAMPLE").find(null));
    CHECK(!client.get_record("21.T12345/EXAMPLE").find(std::string_view("URL\0x", 5)));
    // Only what a view shows is sent.
    CHECK(client.get_value(std::string_view("21.T12345/EXAMPLE?").substr(0, 17), std::string("URL")) != "");
}

static void times(const b2h::client &client)
{
    const auto get = [&](const b2h::call_options &options) {
        return client.try_get_value("21.T12345/EXAMPLE", "URL", options);
    };
    const auto now = std::chrono::steady_clock::now();
    CHECK_FAILED(B2H_TIMED_OUT, get(b2h::call_options().timeout(0s)));
    CHECK_FAILED(B2H_TIMED_OUT, get(b2h::call_options().timeout(-1h)));
    CHECK_FAILED(B2H_TIMED_OUT, get(b2h::call_options().connect_timeout(0ms)));
    CHECK_FAILED(B2H_TIMED_OUT, get(b2h::call_options().deadline(now)));
    CHECK_FAILED(B2H_TIMED_OUT,
                 get(b2h::call_options().deadline(std::chrono::steady_clock::time_point::min())));
    CHECK_FAILED(B2H_TIMED_OUT, get(b2h::call_options().deadline(now + 1h).timeout(0s)));
    CHECK_FAILED(B2H_TIMED_OUT, get(b2h::call_options().deadline(now - 1h).timeout(1h)));
    CHECK_FAILED(B2H_TIMED_OUT, get(b2h::call_options().timeout(std::chrono::duration<double>(
                                    std::numeric_limits<double>::quiet_NaN()))));
    CHECK(get(b2h::call_options().timeout(std::chrono::hours::max())));
    CHECK(get(b2h::call_options().timeout(49 * 24h)));
    CHECK(get(b2h::call_options().deadline(std::chrono::steady_clock::time_point::max())));
    CHECK(get(b2h::call_options().timeout(30s).connect_timeout(10.5s).deadline(now + 1h)));
    CHECK_FAILED(B2H_INVALID_ARGUMENT, get(b2h::call_options().flag(1u << 31)));
}

// Everything that is read keeps what it needs. Run with a sanitizer, which knows what is gone.
static void owners_gone(const char *credentials)
{
    std::optional<b2h::value> value;
    std::optional<b2h::record> record;
    std::optional<b2h::location> location;
    std::optional<b2h::handle> handle;
    std::optional<b2h::record::iterator> at;
    {
        const b2h::client client = b2h::client::from_json(credentials);
        value = client.get_record("21.T12345/EXAMPLE").find("URL");
        record = client.get_records({"21.T12345/EXAMPLE"})[0].record();
        at = client.get_record("21.T12345/EXAMPLE").begin();
        client.add_locations("21.T12345/EXAMPLE", {"https://gone.example.org/"});
        location = client.get_locations("21.T12345/EXAMPLE")[0];
        client.remove_locations("21.T12345/EXAMPLE", {"https://gone.example.org/"});
        handle = client.list_handles("21.T12345", 1)[0];
        std::size_t count = 0;
        for (const b2h::value one : client.try_get_record("21.T12345/EXAMPLE").value())
            count += one.type().size();
        for (const b2h::value one : *client.try_get_record("21.T12345/EXAMPLE"))
            count += one.type().size();
        for (const b2h::value one : client.get_records({"21.T12345/EXAMPLE"})[0].record())
            count += one.type().size();
        CHECK(count > 0);
    }
    CHECK(value->text() && record->find("URL") && (**at).index() > 0);
    CHECK(location->url() == "https://gone.example.org/" && !handle->name().empty());
}

static void errors(const b2h::client &client)
{
    try {
        static_cast<void>(client.get_value("21.T12345/NEVER", "URL"));
        CHECK(false);
    } catch (const std::exception &caught) {
        const b2h::error copy = dynamic_cast<const b2h::error &>(caught);
        CHECK(copy.status() == B2H_HANDLE_NOT_FOUND && copy.http_status() == 404 &&
              copy.response_code() == 100);
        CHECK(copy.operation() == "get_value" && copy.handle() == "21.T12345/NEVER");
        CHECK(!copy.retryable() && !copy.in_doubt());
        CHECK(std::string(copy.what()).find("21.T12345/NEVER") != std::string::npos);
    }
    const b2h::failure none;
    CHECK(none.status() == B2H_OK && !none.handle() && none.operation().empty() && !none.in_doubt());
}

int main(int, char **argv)
{
    static_assert(noexcept(std::declval<b2h::client &>().try_get_value("", "")));
    static_assert(std::is_nothrow_copy_constructible_v<b2h::error>);
    static_assert(std::is_nothrow_move_constructible_v<b2h::client>);
    static_assert(!std::is_copy_constructible_v<b2h::cursor> && !std::is_copy_assignable_v<b2h::values>);
    const b2h::client client = b2h::client::from_json(argv[1]);
    moved_from(argv[1]);
    texts(client);
    times(client);
    owners_gone(argv[1]);
    errors(client);
}
