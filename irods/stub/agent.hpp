// What an agent of iRODS does with microservices, as far as it was seen on a running server.
#ifndef B2H_IRODS_STUB_AGENT_HPP
#define B2H_IRODS_STUB_AGENT_HPP

#include "irods/stub.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace stub
{

using Strings = std::vector<std::string>;
/* iRODS has pairs without a value. */
using Pairs = std::vector<std::pair<std::string, std::optional<std::string>>>;
/* A variable of a rule; std::monostate is one that is not set. */
using Value = std::variant<std::monostate, std::string, int, Strings, Pairs>;

/* Runs a connection in a forked child, as iRODS does, and returns how the child ended (see waitpid). */
int connection(const std::function<void()> &of);

class Agent
{
  public:
    Agent(std::string folder, const std::string &user, const std::string &zone, bool admin);
    Agent(const Agent &) = delete;
    ~Agent();

    /* The rule language: values keep their types, and all come back if the call succeeds. */
    int native(const std::string &name, std::vector<Value> &values);
    /* The framework, taken when all arguments are strings: only strings come back, and positive codes are
     * lost. */
    int framework(const std::string &name, Strings &values);

    /* What iRODS should never do. */
    int without_connection(const std::string &name);
    int without_parameters(const std::string &name);

    /* What the user sees, and what is in the log, since the last call of this function. */
    Strings errors();
    static Strings logged();

  private:
    int call(const std::string &name, const std::vector<msParam_t *> &parameters, rsComm_t *communication);

    std::string folder_;
    rsComm_t communication_{};
    userInfo_t *user_ = &communication_.clientUser;
};

} // namespace stub

#endif
