// What needs no server: names, permissions, profiles, keys.
//
//     offline KEY CERTIFICATE FOLDER
#include "check.hpp"

#include <fstream>

static void names()
{
    CHECK(b2h::generate_name("21.T12345") != b2h::generate_name("21.T12345"));
    const std::string name = b2h::name_from_text("21.T12345", "url", "https://example.org/");
    CHECK(name == b2h::name_from_text("21.T12345", "url", "https://example.org/", 5));
    CHECK(name != b2h::name_from_text("21.T12345", "url", "https://example.org/", 3));
    CHECK_THROWS(B2H_INVALID_ARGUMENT, b2h::name_from_text("21.T12345", "url", "x", 4));
    const b2h::parsed_name parsed = b2h::name_parse("https://hdl.handle.net/21.T12345/a/b");
    CHECK(parsed.handle == "21.T12345/a/b" && parsed.prefix == "21.T12345" && parsed.suffix == "a/b");
    CHECK(!parsed.index && b2h::name_parse("300:21.T12345/a").index == 300u);
    CHECK_THROWS(B2H_INVALID_HANDLE, b2h::name_parse("nothing"));
    CHECK(b2h::name_equal("hdl:21.t12345/A", "21.T12345/a") &&
          !b2h::name_equal("21.T12345/a", "21.T12345/b"));
    CHECK(b2h::name_to_url("21.T12345/a b") == "https://hdl.handle.net/21.T12345/a%20b");
    CHECK(b2h::name_to_url("21.T12345/a", "https://example.org") == "https://example.org/21.T12345/a");
#if defined(__cpp_lib_char8_t)
    CHECK(b2h::name_to_url(u8"21.T12345/\u00e9") == "https://hdl.handle.net/21.T12345/%C3%A9");
#endif
    CHECK(b2h::permissions_format(B2H_MAY_AS_OWNER) == "011111110011");
    CHECK(b2h::permissions_parse("110011111110", b2h::order::batch) == B2H_MAY_AS_OWNER);
    CHECK_THROWS(B2H_INVALID_ARGUMENT, b2h::permissions_parse("2"));
    CHECK(b2h::version() == B2H_VERSION_STRING && b2h::version_number() == B2H_VERSION_NUMBER);
}

static void profiles(const std::string &folder)
{
    const b2h::profile profile = b2h::profile::built_in("eudat-v1");
    CHECK(profile.name() == "eudat-v1" && !profile.description().empty() && !profile.placeholders().empty());
    CHECK_THROWS(B2H_INVALID_ARGUMENT, b2h::profile::built_in("none"));
    CHECK_THROWS(B2H_INVALID_ARGUMENT, profile.fill({{"NONE", "x"}}));
    std::ofstream(folder + "/profile.json")
        << R"({"values": [{"type": "URL", "data": "{URL}", "mandatory": true}, {"type": "X", "data": "{X}"}]})";
    const b2h::profile own = b2h::profile::load(folder + "/profile.json");
    CHECK(own.placeholders().size() == 2 && own.placeholders()[0].name == "URL");
    CHECK(own.placeholders()[0].mandatory && !own.placeholders()[1].mandatory);
    CHECK(own.fill({{"URL", "https://example.org/"}, {"X", "y"}}).size() == 2);
}

static void keys(const char *file, const char *certificate, const std::string &folder)
{
    const b2h::key key = b2h::key::read(file);
    CHECK(key.is_private() && !key.is_locked() && key.bits() >= 1024 && key.algorithm() == "RSA");
    CHECK(!key.format().empty() && !key.encryption());
    const b2h::key locked = b2h::key::from_bytes(key.to_handle("secret"));
    CHECK(locked.is_locked() && locked.encryption());
    CHECK_THROWS(B2H_PASSPHRASE_NEEDED, locked.to_pem());
    CHECK_THROWS(B2H_PASSPHRASE_WRONG, b2h::key::from_bytes(key.to_handle("secret"), "wrong"));
    const b2h::key opened = b2h::key::from_bytes(key.to_pem("secret"), "secret");
    CHECK(opened.fingerprint() == key.fingerprint() && !key.public_key().is_private());
    CHECK(key.public_key().to_handle() == key.public_value());
    CHECK(b2h::key::from_bytes(key.certificate("301:21.T12345/USER01")).identity() == "301:21.T12345/USER01");
    CHECK(!b2h::key::read(certificate).is_private());
    b2h::key_save(folder + "/key.pem", key.to_pem());
    CHECK_THROWS(B2H_KEY_UNREADABLE, (b2h::key_save(folder + "/key.pem", key.to_pem()), 0));
    CHECK(b2h::key::read(folder + "/key.pem").fingerprint() == key.fingerprint());
    b2h::key copy = key, moved = std::move(copy);
    CHECK(moved.bits() == key.bits() && copy.bits() == 0 && copy.format().empty());
    CHECK_THROWS(B2H_INVALID_ARGUMENT, copy.fingerprint());
}

int main(int, char **argv)
{
    names();
    profiles(argv[3]);
    keys(argv[1], argv[2], argv[3]);
}
