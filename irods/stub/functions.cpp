// The functions of iRODS that plugins call.
#include "agent.hpp"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace
{

stub::Strings &log()
{
    static stub::Strings lines;
    return lines;
}

template <typename Element> void grow(Element *&array, int length)
{
    array = static_cast<Element *>(std::realloc(array, sizeof(Element) * (length + 1)));
}

} // namespace

stub::Strings stub::Agent::logged()
{
    return std::exchange(log(), {});
}

irods::ms_table_entry::ms_table_entry(int arguments) : arguments_{arguments}
{
}

irods::ms_table_entry::~ms_table_entry() = default;

void fillStrInMsParam(msParam_t *parameter, const char *text)
{
    std::free(parameter->inOutStruct);
    parameter->inOutStruct = text ? strdup(text) : nullptr;
    std::free(parameter->type);
    parameter->type = strdup(STR_MS_T);
}

int addRErrorMsg(rError_t *stack, int status, const char *text)
{
    grow(stack->errMsg, stack->len);
    auto *message = static_cast<rErrMsg_t *>(std::malloc(sizeof(rErrMsg_t)));
    message->status = status;
    std::snprintf(message->msg, ERR_MSG_LEN - 1, "%s", text);
    stack->errMsg[stack->len++] = message;
    return 0;
}

void rodsLog(int level, const char *format, ...)
{
    char line[4096];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    log().push_back(std::to_string(level) + " " + line);
}

int addKeyVal(keyValPair_t *list, const char *key, const char *value)
{
    grow(list->keyWord, list->len);
    grow(list->value, list->len);
    list->keyWord[list->len] = strdup(key);
    list->value[list->len++] = value ? strdup(value) : nullptr;
    return 0;
}

int addInxIval(inxIvalPair_t *list, int column, int value)
{
    grow(list->inx, list->len);
    grow(list->value, list->len);
    list->inx[list->len] = column;
    list->value[list->len++] = value;
    return 0;
}

int addInxVal(inxValPair_t *list, int column, const char *condition)
{
    grow(list->inx, list->len);
    grow(list->value, list->len);
    list->inx[list->len] = column;
    list->value[list->len++] = strdup(condition);
    return 0;
}

void clearGenQueryInp(void *raw)
{
    auto *input = static_cast<genQueryInp_t *>(raw);
    for (int i = 0; i < input->condInput.len; ++i) {
        std::free(input->condInput.keyWord[i]);
        std::free(input->condInput.value[i]);
    }
    std::free(input->condInput.keyWord);
    std::free(input->condInput.value);
    std::free(input->selectInp.inx);
    std::free(input->selectInp.value);
    for (int i = 0; i < input->sqlCondInp.len; ++i) {
        std::free(input->sqlCondInp.value[i]);
    }
    std::free(input->sqlCondInp.inx);
    std::free(input->sqlCondInp.value);
}

int freeGenQueryOut(genQueryOut_t **output)
{
    if (*output) {
        for (int i = 0; i < (*output)->attriCnt; ++i) {
            std::free((*output)->sqlResult[i].value);
        }
    }
    std::free(*output);
    *output = nullptr;
    return 0;
}

sqlResult_t *getSqlResultByInx(genQueryOut_t *output, int column)
{
    for (int i = 0; i < output->attriCnt; ++i) {
        if (output->sqlResult[i].attriInx == column) {
            return &output->sqlResult[i];
        }
    }
    return nullptr;
}
