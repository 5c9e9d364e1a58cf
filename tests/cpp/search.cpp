// Searches and listings, all at once and page by page.
//
//     search CREDENTIALS
#include "check.hpp"

#include <set>
#include <stdexcept>
#include <utility>

#if __cplusplus >= 202002L
#include <algorithm>
#include <iterator>
#include <ranges>
static_assert(std::input_iterator<b2h::record::iterator> && std::input_iterator<b2h::cursor::iterator>);
static_assert(std::ranges::input_range<b2h::handles> && std::ranges::input_range<b2h::cursor>);
#endif

static void no_page_is_lost(const b2h::client &client, const char *credentials)
{
    // A page that does not come can be asked for again: until then the place is the old one.
    b2h::cancel_source stop;
    b2h::cursor ended = client.list_open("21.T12345", 2, b2h::call_options().cancel(stop));
    b2h::cursor::iterator last = ended.begin();
    stop.trigger();
    std::string name;
    const auto go_on = [&] {
        while (last != ended.end()) {
            name = (*last).name();
            ++last;
        }
    };
    CHECK_THROWS(B2H_CANCELLED, go_on());
    const std::string before = name;
    CHECK_THROWS(B2H_CANCELLED, ++last);
    CHECK((*last).name() == before);

    // One that came while the log threw is there.
    bool is_thrown = false;
    b2h::config config;
    config.load(credentials).set_log(b2h::log_level::debug, [&](b2h::log_level, std::string_view) {
        if (std::exchange(is_thrown, false))
            throw std::runtime_error("log");
    });
    const b2h::client throwing(config);
    b2h::cursor heard = throwing.list_open("21.T12345", 2);
    std::set<std::string> found;
    int thrown = 0;
    b2h::cursor::iterator at = heard.begin();
    while (at != heard.end()) {
        found.insert((*at).name());
        is_thrown = found.size() == 2;
        try {
            ++at;
        } catch (const std::runtime_error &) {
            thrown++;
        }
    }
    CHECK(thrown == 1 && found.size() == client.list_handles("21.T12345").size());
}

int main(int, char **argv)
{
    const b2h::client client = b2h::client::from_json(argv[1]);
    std::set<std::string> made;
    for (int nth = 0; nth < 5; nth++)
        made.insert(client.register_handle("21.T12345/SEARCHED-" + std::to_string(nth),
                                           "https://cpp.example.org/" + std::to_string(nth)));

    const b2h::handles handles = client.search_handles({{"URL", "https://cpp.example.org/*"}}, "21.T12345");
    std::set<std::string> found;
    for (const b2h::handle handle : handles) {
        found.insert(handle.name());
        CHECK(!handle.record());
    }
    CHECK(found == made && handles.size() == 5 && !handles.empty());
    CHECK(client.search_handles({{"URL", "https://cpp.example.org/*"}}, std::nullopt, 2).size() == 2);
    CHECK(client.search_handles({{"URL", "https://cpp.example.net/*"}}).empty());

    const auto with_records = b2h::call_options().with_records();
    for (const b2h::handle handle :
         client.search_handles({{"URL", "https://cpp.example.org/*"}}, {}, 0, with_records))
        CHECK(handle.record()->find("URL")->text()->rfind("https://cpp.example.org/", 0) == 0);

    // Page by page, whatever the cursor is moved to.
    found.clear();
    b2h::cursor opened = client.search_open({{"URL", "https://cpp.example.org/*"}}, "21.T12345", 2);
    b2h::cursor cursor = std::move(opened);
    for (const b2h::handle handle : cursor)
        found.insert(handle.name());
    CHECK(found == made && !cursor.next());
    CHECK_FAILED(B2H_INVALID_ARGUMENT, opened.try_next()); // moved from

    found.clear();
    for (const b2h::handle handle : client.list_open("21.T12345", 3))
        found.insert(handle.name());
    CHECK(std::includes(found.begin(), found.end(), made.begin(), made.end()));
    CHECK(client.list_handles("21.T12345").size() == found.size());
    CHECK(client.list_handles("21.T12345", 2).size() == 2);

    no_page_is_lost(client, argv[1]);

    b2h::cursor pages = client.list_open("21.T12345", 2);
    const auto page = pages.next(b2h::call_options().timeout(std::chrono::seconds(30)));
    CHECK(page && !page->empty());
    CHECK_THROWS(B2H_INVALID_HANDLE, client.list_open("/"));

    // A cursor outlives its client, but gives nothing more.
    b2h::client second = b2h::client::from_json(argv[1]);
    b2h::cursor left = second.list_open("21.T12345", 2);
    b2h::cursor::iterator at = left.begin();
    const b2h::handle kept = *at;
    b2h::client moved = std::move(second);
    ++at; // still the first page
    ++at; // the second: the client has moved, and is the same
    {
        const b2h::client ends = std::move(moved);
    }
    CHECK(!kept.name().empty() && !(*at).name().empty());
    CHECK_THROWS(B2H_INVALID_ARGUMENT, (++at, ++at, ++at));
    CHECK_THROWS(B2H_INVALID_ARGUMENT, left.next());

    for (const std::string &name : made)
        client.delete_handle(name);
}
