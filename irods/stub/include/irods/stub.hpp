// A stub of the iRODS microservice interface, written for this project; see ../../README.md. It is not iRODS.
#ifndef B2H_IRODS_STUB_HPP
#define B2H_IRODS_STUB_HPP

#include <any>
#include <functional>
#include <map>
#include <string>

#define NAME_LEN 64
#define MAX_NAME_LEN 1088
#define ERR_MSG_LEN 1024
#define MAX_SQL_ROWS 256
#define MAX_SQL_ATTR 50
#define LOCAL_USER_AUTH 3
#define LOCAL_PRIV_USER_AUTH 5

#define STR_MS_T "STR_PI"
#define INT_MS_T "INT_PI"
#define KeyValPair_MS_T "KeyValPair_PI"
#define StrArray_MS_T "StrArray_PI"

#define LOG_ERROR 3
#define LOG_WARNING 4
#define LOG_NOTICE 5
#define LOG_DEBUG 7

#define COL_USER_ID 201
#define COL_USER_NAME 202
#define COL_USER_TYPE 203
#define COL_USER_ZONE 204
#define COL_D_DATA_ID 401
#define COL_DATA_NAME 403
#define COL_COLL_ID 500
#define COL_COLL_NAME 501
#define COL_DATA_ACCESS_TYPE 700
#define COL_DATA_ACCESS_USER_ID 703
#define COL_DATA_ACCESS_DATA_ID 704
#define COL_COLL_ACCESS_TYPE 710
#define COL_COLL_ACCESS_USER_ID 713
#define COL_COLL_ACCESS_COLL_ID 714
#define COL_USER_GROUP_ID 900

#define ZONE_KW "zone"

enum IRODS_ERROR_ENUM {
    SYS_INTERNAL_NULL_INPUT_ERR = -24000,
    SYS_INVALID_ZONE_NAME = -26000,
    SYS_INVALID_INPUT_PARAM = -130000,
    SYS_INTERNAL_ERR = -154000,
    USER_PARAM_TYPE_ERR = -323000,
    CAT_NO_ROWS_FOUND = -808000,
    CAT_INVALID_ARGUMENT = -816000,
    INVALID_ANY_CAST = -1822000,
};

struct bytesBuf_t;

// The tags of the structs are in the mangled names of functions.
typedef struct MsParam {
    char *label;
    char *type;
    void *inOutStruct;
    bytesBuf_t *inpOutBuf;
} msParam_t;

typedef struct KeyValPair {
    int len;
    char **keyWord;
    char **value;
} keyValPair_t;

/* `len` texts, one every `size` bytes. */
typedef struct StrArray {
    int len;
    int size;
    char *value;
} strArray_t;

typedef struct ErrorMessage {
    int status;
    char msg[ERR_MSG_LEN];
} rErrMsg_t;

typedef struct ErrorStack {
    int len;
    rErrMsg_t **errMsg;
} rError_t;

typedef struct AuthInfo {
    int authFlag;
} authInfo_t;

typedef struct UserInfo {
    char userName[NAME_LEN];
    char rodsZone[NAME_LEN];
    authInfo_t authInfo;
} userInfo_t;

typedef struct RsComm {
    userInfo_t proxyUser;
    userInfo_t clientUser;
    rError_t rError;
} rsComm_t;

typedef struct RuleExecInfo {
    rsComm_t *rsComm;
    userInfo_t *uoic;
} ruleExecInfo_t;

typedef struct InxIvalPair {
    int len;
    int *inx;
    int *value;
} inxIvalPair_t;

typedef struct InxValPair {
    int len;
    int *inx;
    char **value;
} inxValPair_t;

typedef struct GenQueryInp {
    int maxRows;
    int continueInx;
    int rowOffset;
    int options;
    keyValPair_t condInput;
    inxIvalPair_t selectInp;
    inxValPair_t sqlCondInp;
} genQueryInp_t;

typedef struct SqlResult {
    int attriInx;
    int len;
    char *value;
} sqlResult_t;

typedef struct GenQueryOut {
    int rowCnt;
    int attriCnt;
    int continueInx;
    int totalRowCount;
    sqlResult_t sqlResult[MAX_SQL_ATTR];
} genQueryOut_t;

extern "C" {
void fillStrInMsParam(msParam_t *parameter, const char *text);
int addRErrorMsg(rError_t *stack, int status, const char *text);
void rodsLog(int level, const char *format, ...);
int addKeyVal(keyValPair_t *list, const char *key, const char *value);
int addInxIval(inxIvalPair_t *list, int column, int value);
int addInxVal(inxValPair_t *list, int column, const char *condition);
void clearGenQueryInp(void *input);
int freeGenQueryOut(genQueryOut_t **output);
sqlResult_t *getSqlResultByInx(genQueryOut_t *output, int column);
}
int rsGenQuery(rsComm_t *connection, genQueryInp_t *input, genQueryOut_t **output);

namespace irods
{

class error
{
  public:
    error() = default;
    explicit error(int code) : code_{code}
    {
    }
    bool ok() const
    {
        return code_ >= 0;
    }

  private:
    int code_ = 0;
};

/* One microservice: a second add_operation replaces the first, as in iRODS. */
class ms_table_entry
{
  public:
    explicit ms_table_entry(int arguments);
    ms_table_entry(const ms_table_entry &) = default;
    virtual ~ms_table_entry();

    template <typename... Types>
    error add_operation(const std::string &name, std::function<int(Types...)> function)
    {
        name_ = name;
        operations_[name_] = function;
        return error{};
    }

    /* Types must be exactly those that the operation was added with. */
    template <typename... Types> int call_handler(Types... arguments)
    {
        auto *function = std::any_cast<std::function<int(Types...)>>(&operations_[name_]);
        return function ? (*function)(arguments...) : INVALID_ANY_CAST;
    }

    int arguments() const
    {
        return arguments_;
    }
    const std::string &name() const
    {
        return name_;
    }

  private:
    std::string name_;
    std::map<std::string, std::any> operations_;
    int arguments_;
};

} // namespace irods

#endif
