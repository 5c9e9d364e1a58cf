// The twins throw nothing, where there is no memory either: each allocation of the wrapper fails once.
//
//     no_memory CREDENTIALS
#include "check.hpp"

#include <new>

static int left = -1; // allocations until one fails; -1: none does

void *operator new(std::size_t size)
{
    void *memory = left == 0 ? nullptr : std::malloc(size);
    if (left >= 0)
        left--;
    if (memory == nullptr)
        throw std::bad_alloc();
    return memory;
}
void *operator new[](std::size_t size, const std::nothrow_t &) noexcept
{
    try {
        return operator new(size);
    } catch (const std::bad_alloc &) {
        return nullptr;
    }
}
void operator delete[](void *memory) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

/** Makes a call until no allocation of it fails. */
template <class Call> static int starve(Call call, bool writes = false)
{
    for (int nth = 0;; nth++) {
        left = nth;
        const auto result = call();
        const bool failed = left < 0;
        left = -1;
        if (!failed) {
            CHECK(result);
            return nth;
        }
        // What fails after the request was made is in doubt. (The copies of texts come before it.)
        CHECK_FAILED(B2H_NO_RESOURCES, result);
        CHECK(!writes || result.error().in_doubt() == (nth > 0));
    }
}

int main(int, char **argv)
{
    const std::string credentials = argv[1];
    const b2h::client client = b2h::client::from_json(credentials);
    const std::string name = "21.T12345/EXAMPLE";
    const b2h::texts names = {name, "21.T12345/NOT-THERE"};
    CHECK(starve([&] { return b2h::client::try_from_json(credentials); }) > 1);
    CHECK(starve([&] { return b2h::config::try_new(); }) > 0);
    CHECK(starve([&] { return client.try_get_value(name, "URL"); }) > 1);
    CHECK(starve([&] { return client.try_get_record(name); }) > 1);
    CHECK(starve([&] { return client.try_get_records(names); }) > 0);
    CHECK(starve([&] { return client.try_handle_exists(name, b2h::call_options()); }) > 0);
    CHECK(starve([&] { return client.try_list_open("21.T12345"); }) > 1);
    b2h::values values;
    values.add_text("URL", "https://example.org/");
    CHECK(starve([&] { return client.try_generate_and_register("21.T12345", values); }, true) > 1);
    b2h::config config;
    CHECK(starve([&] { return config.try_set_log(b2h::log_level::error, [](auto, auto) {}); }) > 0);
}
