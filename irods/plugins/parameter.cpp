#include "parameter.hpp"

#include "irods/rodsErrorTable.h"

#include <cstring>
#include <string>
#include <vector>

namespace b2h
{
namespace
{

using Pointers = std::vector<const char *>;

const char *wanted(Also also)
{
    switch (also) {
    case Also::nothing:
        return "a string";
    case Also::pairs:
        return "a string (JSON), key-value pairs, or a list of keys and values";
    default:
        return "a string, or a list of strings";
    }
}

/* A pair without a key or a value has nothing that could be written. */
bool complete(const keyValPair_t &pairs)
{
    for (int i = 0; i < pairs.len; ++i) {
        if (!pairs.keyWord[i] || !pairs.value[i]) {
            return false;
        }
    }
    return true;
}

std::vector<std::string> strings(const strArray_t &array)
{
    std::vector<std::string> strings;
    const auto size = static_cast<std::size_t>(array.size);
    for (int i = 0; i < array.len; ++i) {
        const char *begin = array.value + static_cast<std::size_t>(i) * size;
        strings.emplace_back(begin, strnlen(begin, size));
    }
    return strings;
}

int from_pairs(const b2h_irods_caller &caller, const keyValPair_t &pairs, char **out)
{
    return b2h_irods_json_object(&caller, pairs.keyWord, pairs.value, static_cast<std::size_t>(pairs.len),
                                 out);
}

int from_array(const b2h_irods_caller &caller, Also also, const strArray_t &array, char **out)
{
    const auto all = strings(array);
    Pointers pointers;
    for (const auto &one : all) {
        pointers.push_back(one.c_str());
    }
    const auto make = also == Also::pairs ? b2h_irods_json_pairs : b2h_irods_json_list;
    return make(&caller, pointers.data(), pointers.size(), out);
}

} // namespace

int Reader::read(const b2h_irods_caller &caller, const Input &input, msParam_t *parameter)
{
    if (!parameter) {
        return SYS_INTERNAL_NULL_INPUT_ERR;
    }
    const auto is = [&](const char *type) { return std::strcmp(parameter->type, type) == 0; };
    // A variable that is not set has neither a type nor a value.
    if (!parameter->type || !parameter->inOutStruct) {
        return b2h_irods_wrong_type(&caller, input.name, nullptr, wanted(input.also));
    }
    if (is(STR_MS_T)) {
        text_ = static_cast<const char *>(parameter->inOutStruct);
        return 0;
    }

    int code = 0;
    char *json = nullptr;
    const auto *pairs = static_cast<const keyValPair_t *>(parameter->inOutStruct);
    if (is(KeyValPair_MS_T) && input.also == Also::pairs && complete(*pairs)) {
        code = from_pairs(caller, *pairs, &json);
    } else if (is(StrArray_MS_T) && input.also != Also::nothing) {
        const auto *array = static_cast<const strArray_t *>(parameter->inOutStruct);
        code = from_array(caller, input.also, *array, &json);
    } else {
        return b2h_irods_wrong_type(&caller, input.name, parameter->type, wanted(input.also));
    }
    made_.reset(json);
    text_ = json;
    return code;
}

int Writer::read(const b2h_irods_caller &, const Output &, msParam_t *parameter)
{
    parameter_ = parameter;
    return parameter ? 0 : SYS_INTERNAL_NULL_INPUT_ERR;
}

int Writer::deliver()
{
    if (!text_) {
        return SYS_INTERNAL_ERR;
    }
    fillStrInMsParam(parameter_, text_);
    return 0;
}

} // namespace b2h
