// A query of the catalogue: some columns, where others are equal to a text.
#ifndef B2H_IRODS_QUERY_HPP
#define B2H_IRODS_QUERY_HPP

#include "irods/rcMisc.h"
#include "irods/rodsGenQuery.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace b2h
{

/* A query that failed, or that cannot be asked. */
struct QueryFailed {
    int code;
};

class Query
{
  public:
    using Row = std::vector<std::string>;
    using Rows = std::vector<Row>;

    /* Asks the catalogue of a zone; "" is the local one. */
    Query(rsComm_t *connection, const std::string &zone);
    ~Query();
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    /*
     * Adds the condition that a column is equal to the text. The catalogue takes what is between the first
     * and the last quote of a condition as the value of a bind variable, so quotes, wildcards and backslashes
     * in the text mean nothing. It tells parts joined by || and && apart by counting quotes: a text with one
     * of these *and* a quote cannot be asked for, and throws QueryFailed (SYS_INVALID_INPUT_PARAM).
     */
    Query &where(int column, const std::string &text);

    /* All rows, without duplicates. May be called once. */
    Rows rows(std::initializer_list<int> columns);

  private:
    rsComm_t *connection_;
    genQueryInp_t input_{};
};

} // namespace b2h

#endif
