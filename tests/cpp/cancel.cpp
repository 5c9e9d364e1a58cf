// Calls that are ended from elsewhere, or by their time, on a server that never answers.
//
//     cancel STALLING
#include "check.hpp"

#include <thread>

using namespace std::chrono_literals;

int main(int, char **argv)
{
    const b2h::client client = b2h::client::from_json(argv[1]);
    const auto get = [&](const b2h::call_options &options) {
        return client.try_get_value("21.T12345/EXAMPLE", "URL", options);
    };

    b2h::cancel_source source;
    CHECK(!source.is_triggered());
    std::thread([&] {
        std::thread later([&] {
            std::this_thread::sleep_for(100ms);
            source.trigger();
        });
        CHECK_FAILED(B2H_CANCELLED, get(b2h::call_options().cancel(source)));
        later.join();
    }).join();
    CHECK(source.is_triggered());
    CHECK_THROWS(B2H_CANCELLED, client.get_record("21.T12345/EXAMPLE", b2h::call_options().cancel(source)));

    // Options keep what they need.
    const b2h::call_options kept = [] {
        b2h::cancel_source gone;
        gone.trigger();
        return b2h::call_options().cancel(gone);
    }();
    CHECK_FAILED(B2H_CANCELLED, get(kept));
    CHECK_FAILED(B2H_CANCELLED, client.try_list_open("21.T12345", 0, kept)->try_next());
    CHECK_FAILED(B2H_CANCELLED,
                 client.try_get_records({"21.T12345/EXAMPLE"}, 1, kept).value()[0].try_record());

    const auto late = get(b2h::call_options().timeout(50ms));
    CHECK_FAILED(B2H_TIMED_OUT, late);
    CHECK(late.error().retryable() && !late.error().in_doubt());
    CHECK_FAILED(B2H_TIMED_OUT, get(b2h::call_options().deadline(std::chrono::steady_clock::now() + 50ms)));
    const auto write =
        client.try_register_handle("21.T12345/LATE", "https://x/", b2h::call_options().timeout(200ms));
    CHECK_FAILED(B2H_TIMED_OUT, write);
    CHECK(write.error().in_doubt() && write.error().handle() == "21.T12345/LATE");
}
