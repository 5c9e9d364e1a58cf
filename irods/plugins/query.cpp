#include "query.hpp"

#include "irods/rodsErrorTable.h"
#include "irods/rodsKeyWdDef.h"
#include "irods/rsGenQuery.hpp"

namespace b2h
{
namespace
{

struct Output {
    genQueryOut_t *rows = nullptr;
    ~Output()
    {
        freeGenQueryOut(&rows);
    }
};

} // namespace

Query::Query(rsComm_t *connection, const std::string &zone) : connection_{connection}
{
    input_.maxRows = MAX_SQL_ROWS;
    if (!zone.empty()) {
        addKeyVal(&input_.condInput, ZONE_KW, zone.c_str());
    }
}

Query::~Query()
{
    clearGenQueryInp(&input_);
}

Query &Query::where(int column, const std::string &text)
{
    const auto has = [&](const char *part) { return text.find(part) != std::string::npos; };
    // Names are at most MAX_NAME_LEN; the catalogue cuts conditions of twice that.
    if ((has("'") && (has("||") || has("&&"))) || text.size() >= MAX_NAME_LEN) {
        throw QueryFailed{SYS_INVALID_INPUT_PARAM};
    }
    addInxVal(&input_.sqlCondInp, column, ("= '" + text + "'").c_str());
    return *this;
}

Query::Rows Query::rows(std::initializer_list<int> columns)
{
    for (const int column : columns) {
        addInxIval(&input_.selectInp, column, 1);
    }
    Rows rows;
    do {
        Output output;
        const int code = rsGenQuery(connection_, &input_, &output.rows);
        if (code == CAT_NO_ROWS_FOUND) {
            break;
        }
        if (code < 0 || !output.rows) {
            throw QueryFailed{code < 0 ? code : SYS_INTERNAL_ERR};
        }
        for (int i = 0; i < output.rows->rowCnt; ++i) {
            auto &row = rows.emplace_back();
            for (const int column : columns) {
                const auto *values = getSqlResultByInx(output.rows, column);
                if (!values) {
                    throw QueryFailed{SYS_INTERNAL_ERR};
                }
                row.emplace_back(values->value + static_cast<std::ptrdiff_t>(i) * values->len);
            }
        }
        input_.continueInx = output.rows->continueInx;
    } while (input_.continueInx > 0);
    return rows;
}

} // namespace b2h
