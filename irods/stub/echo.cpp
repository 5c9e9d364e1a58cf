// A libb2handle_irods that says what it was called with, so that the plugins can be tested without it. Some
// arguments make it do other things; see below.
#include "b2handle_irods.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

namespace
{

char *copy(const std::string &text)
{
    return strdup(text.c_str());
}

std::string joined(char separator, const char *const *texts, std::size_t count)
{
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
        all += (i ? std::string(1, separator) : "") + texts[i];
    }
    return all;
}

int32_t said(const b2h_irods_caller *caller, std::initializer_list<const char *> arguments, char **out)
{
    const std::string what = arguments.size() ? *arguments.begin() : "";
    const auto after = [&](const char *word) { return what.substr(std::strlen(word)); };
    if (what == "fail" || what == "fail at length") {
        const auto reason =
            what == "fail" ? std::string{"no"} : std::string(1014, 'x') + "äöü" + std::string(90, 'y');
        caller->log(caller->context, B2H_IRODS_LOG_ERROR, "no: 100%s");
        caller->tell(caller->context, B2H_IRODS_DOES_NOT_EXIST, reason.c_str());
        return B2H_IRODS_DOES_NOT_EXIST;
    }
    if (what == "throw") {
        throw std::runtime_error{"out of the library"};
    }
    if (what == "throw an int") {
        throw 7;
    }
    if (what == "positive") {
        return 7;
    }
    if (what == "no output") {
        return 0;
    }
    std::string text;
    if (what.rfind("group ", 0) == 0) {
        text = std::to_string(caller->is_in_group(caller->context, after("group ").c_str()));
    } else if (what.rfind("access ", 0) == 0) {
        const int level = what[7] - '0';
        text = std::to_string(caller->object_access(caller->context, after("access 0 ").c_str(), level));
    } else if (what.rfind("id ", 0) == 0) {
        char id[64] = "";
        const int code = caller->object_id(caller->context, after("id ").c_str(), id, sizeof id);
        text = code == 1 ? id : std::to_string(code);
    } else {
        text = std::string{caller->microservice} + "|" + caller->user_name + "#" + caller->user_zone + "|" +
               (caller->is_admin ? "admin" : "user");
        for (const auto *argument : arguments) {
            text += std::string{"|"} + argument;
        }
    }
    if (out) {
        *out = copy(text);
    } else {
        caller->log(caller->context, B2H_IRODS_LOG_INFO, text.c_str());
    }
    return 0;
}

} // namespace

extern "C" {

void b2h_irods_free(char *text)
{
    std::free(text);
}

int32_t b2h_irods_register(const b2h_irods_caller *c, const char *target, const char *values, char **out)
{
    return said(c, {target, values}, out);
}

int32_t b2h_irods_get(const b2h_irods_caller *c, const char *handle, const char *type, char **out)
{
    return said(c, {handle, type}, out);
}

int32_t b2h_irods_modify(const b2h_irods_caller *c, const char *handle, const char *values)
{
    return said(c, {handle, values}, nullptr);
}

int32_t b2h_irods_unset(const b2h_irods_caller *c, const char *handle, const char *types)
{
    return said(c, {handle, types}, nullptr);
}

int32_t b2h_irods_delete(const b2h_irods_caller *c, const char *handle)
{
    return said(c, {handle}, nullptr);
}

int32_t b2h_irods_search(const b2h_irods_caller *c, const char *query, char **out)
{
    return said(c, {query}, out);
}

int32_t b2h_irods_move(const b2h_irods_caller *c, const char *source, const char *path, char **out)
{
    return said(c, {source, path}, out);
}

int32_t b2h_irods_check(const b2h_irods_caller *c, char **out)
{
    return said(c, {}, out);
}

int32_t b2h_irods_json_object(const b2h_irods_caller *, const char *const *keys, const char *const *values,
                              size_t count, char **out)
{
    *out = copy("object(" + joined(',', keys, count) + ";" + joined(',', values, count) + ")");
    return 0;
}

int32_t b2h_irods_json_pairs(const b2h_irods_caller *, const char *const *strings, size_t count, char **out)
{
    if (count % 2) {
        return B2H_IRODS_SYS_INVALID_INPUT_PARAM;
    }
    *out = copy("pairs(" + joined(',', strings, count) + ")");
    return 0;
}

int32_t b2h_irods_json_list(const b2h_irods_caller *, const char *const *strings, size_t count, char **out)
{
    *out = copy("list(" + joined(',', strings, count) + ")");
    return 0;
}

int32_t b2h_irods_wrong_type(const b2h_irods_caller *c, const char *argument, const char *given,
                             const char *wanted)
{
    const auto text = std::string{argument} + ": " + (given ? given : "not set") + ", not " + wanted;
    c->tell(c->context, B2H_IRODS_USER_PARAM_TYPE_ERR, text.c_str());
    return B2H_IRODS_USER_PARAM_TYPE_ERR;
}
}
