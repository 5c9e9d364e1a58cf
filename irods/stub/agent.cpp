#include "agent.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <memory>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace stub
{
namespace
{

/* A parameter with the memory that iRODS gives it, all of it freed here. */
class Parameter
{
  public:
    explicit Parameter(const Value &value)
    {
        if (const auto *text = std::get_if<std::string>(&value)) {
            set(STR_MS_T, strdup(text->c_str()));
        } else if (const auto *number = std::get_if<int>(&value)) {
            auto *memory = static_cast<int *>(std::malloc(sizeof(int)));
            *memory = *number;
            set(INT_MS_T, memory);
        } else if (const auto *strings = std::get_if<Strings>(&value)) {
            set(StrArray_MS_T, array(*strings));
        } else if (const auto *pairs = std::get_if<Pairs>(&value)) {
            auto *memory = static_cast<keyValPair_t *>(std::calloc(1, sizeof(keyValPair_t)));
            for (const auto &[key, text] : *pairs) {
                addKeyVal(memory, key.c_str(), text ? text->c_str() : nullptr);
            }
            set(KeyValPair_MS_T, memory);
        }
    }
    Parameter(const Parameter &) = delete;
    ~Parameter()
    {
        if (is(StrArray_MS_T)) {
            std::free(static_cast<strArray_t *>(parameter_.inOutStruct)->value);
        } else if (is(KeyValPair_MS_T)) {
            auto *pairs = static_cast<keyValPair_t *>(parameter_.inOutStruct);
            for (int i = 0; i < pairs->len; ++i) {
                std::free(pairs->keyWord[i]);
                std::free(pairs->value[i]);
            }
            std::free(pairs->keyWord);
            std::free(pairs->value);
        }
        std::free(parameter_.inOutStruct);
        std::free(parameter_.type);
    }

    msParam_t *get()
    {
        return &parameter_;
    }
    bool is(const char *type) const
    {
        return parameter_.type && std::strcmp(parameter_.type, type) == 0;
    }
    std::string text() const
    {
        return static_cast<const char *>(parameter_.inOutStruct);
    }

  private:
    void set(const char *type, void *memory)
    {
        parameter_.type = strdup(type);
        parameter_.inOutStruct = memory;
    }
    static strArray_t *array(const Strings &strings)
    {
        auto *memory = static_cast<strArray_t *>(std::calloc(1, sizeof(strArray_t)));
        std::size_t size = 1;
        for (const auto &one : strings) {
            size = std::max(size, one.size() + 1);
        }
        memory->len = static_cast<int>(strings.size());
        memory->size = static_cast<int>(size);
        memory->value = static_cast<char *>(std::calloc(strings.size() + 1, size));
        for (std::size_t i = 0; i < strings.size(); ++i) {
            std::strcpy(memory->value + i * size, strings[i].c_str());
        }
        return memory;
    }

    msParam_t parameter_{};
};

/* The plugin is opened anew for each call here, which is the same: it is never closed. */
irods::ms_table_entry load(const std::string &folder, const std::string &name)
{
    void *file = dlopen((folder + "/lib" + name + ".so").c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (!file) {
        throw std::runtime_error{dlerror()};
    }
    using Factory = irods::ms_table_entry *(*)(const std::string &, const std::string &);
    const auto factory = reinterpret_cast<Factory>(dlsym(file, "plugin_factory"));
    if (!factory) {
        throw std::runtime_error{name + ": no plugin_factory"};
    }
    irods::ms_table_entry *made = factory(name, "context");
    irods::ms_table_entry copy{*made};
    delete made;
    if (copy.name() != name) {
        throw std::runtime_error{name + ": the operation is " + copy.name()};
    }
    return copy;
}

} // namespace

int connection(const std::function<void()> &of)
{
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        of();
        std::exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

Agent::Agent(std::string folder, const std::string &user, const std::string &zone, bool admin)
    : folder_{std::move(folder)}
{
    std::snprintf(user_->userName, NAME_LEN, "%s", user.c_str());
    std::snprintf(user_->rodsZone, NAME_LEN, "%s", zone.c_str());
    user_->authInfo.authFlag = admin ? LOCAL_PRIV_USER_AUTH : LOCAL_USER_AUTH;
    // As in a delayed rule: the server runs it on the user's behalf.
    std::strcpy(communication_.proxyUser.userName, "rods");
    communication_.proxyUser.authInfo.authFlag = LOCAL_PRIV_USER_AUTH;
}

Agent::~Agent()
{
    errors();
}

int Agent::call(const std::string &name, const std::vector<msParam_t *> &p, rsComm_t *communication)
{
    auto entry = load(folder_, name);
    // Some callers leave the user of the rei out.
    ruleExecInfo_t rei{communication, nullptr};
    if (static_cast<std::size_t>(entry.arguments()) != p.size()) {
        return SYS_INVALID_INPUT_PARAM;
    }
    switch (p.size()) {
    case 1:
        return entry.call_handler<msParam_t *, ruleExecInfo_t *>(p[0], &rei);
    case 2:
        return entry.call_handler<msParam_t *, msParam_t *, ruleExecInfo_t *>(p[0], p[1], &rei);
    default:
        return entry.call_handler<msParam_t *, msParam_t *, msParam_t *, ruleExecInfo_t *>(p[0], p[1], p[2],
                                                                                           &rei);
    }
}

int Agent::native(const std::string &name, std::vector<Value> &values)
{
    std::vector<std::unique_ptr<Parameter>> parameters;
    std::vector<msParam_t *> raw;
    for (const auto &value : values) {
        raw.push_back(parameters.emplace_back(std::make_unique<Parameter>(value))->get());
    }
    const int code = call(name, raw, &communication_);
    for (std::size_t i = 0; code >= 0 && i < values.size(); ++i) {
        if (parameters[i]->is(STR_MS_T)) {
            values[i] = parameters[i]->text();
        }
    }
    return code;
}

int Agent::framework(const std::string &name, Strings &values)
{
    std::vector<std::unique_ptr<Parameter>> parameters;
    std::vector<msParam_t *> raw;
    for (const auto &value : values) {
        raw.push_back(parameters.emplace_back(std::make_unique<Parameter>(Value{value}))->get());
    }
    const int code = call(name, raw, &communication_);
    for (std::size_t i = 0; code >= 0 && i < values.size(); ++i) {
        if (!parameters[i]->is(STR_MS_T)) {
            return INVALID_ANY_CAST;
        }
        values[i] = parameters[i]->text();
    }
    return code < 0 ? code : 0;
}

int Agent::without_connection(const std::string &name)
{
    Parameter one{Value{}};
    return call(name, {one.get()}, nullptr);
}

int Agent::without_parameters(const std::string &name)
{
    return call(name, {nullptr, nullptr, nullptr}, &communication_);
}

Strings Agent::errors()
{
    Strings texts;
    auto &stack = communication_.rError;
    for (int i = 0; i < stack.len; ++i) {
        texts.push_back(std::to_string(stack.errMsg[i]->status) + " " + stack.errMsg[i]->msg);
        std::free(stack.errMsg[i]);
    }
    std::free(stack.errMsg);
    stack = {};
    return texts;
}

} // namespace stub
