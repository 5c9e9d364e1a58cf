// The parameters of a microservice: what a rule gives it as text, and what goes back to the rule.
#ifndef B2H_IRODS_PARAMETER_HPP
#define B2H_IRODS_PARAMETER_HPP

#include "b2handle_irods.h"

#include "irods/msParam.h"

#include <memory>

namespace b2h
{

/* What is understood beside a string, which is always. */
enum class Also {
    nothing,
    pairs, // key-value pairs, or a list of keys and values
    list,  // a list of strings
};

struct Input {
    const char *name;
    Also also;
};

struct Output {
    const char *name;
};

constexpr Input text(const char *name)
{
    return {name, Also::nothing};
}

/* Text that is JSON, or what JSON can be made of. */
constexpr Input object(const char *name)
{
    return {name, Also::pairs};
}

constexpr Input list(const char *name)
{
    return {name, Also::list};
}

constexpr Output output(const char *name)
{
    return {name};
}

/* A parameter during a call. What it is made for says what is passed to the library. */
class Reader
{
  public:
    /* Returns 0, or a code after the reason was told. */
    int read(const b2h_irods_caller &caller, const Input &input, msParam_t *parameter);
    int deliver()
    {
        return 0;
    }
    const char *argument()
    {
        return text_;
    }

  private:
    struct Free {
        void operator()(char *text) const
        {
            b2h_irods_free(text);
        }
    };
    const char *text_ = nullptr;
    std::unique_ptr<char, Free> made_;
};

class Writer
{
  public:
    ~Writer()
    {
        b2h_irods_free(text_);
    }
    int read(const b2h_irods_caller &caller, const Output &output, msParam_t *parameter);
    /* Returns 0, or a code if there is nothing to deliver. */
    int deliver();
    char **argument()
    {
        return &text_;
    }

  private:
    msParam_t *parameter_ = nullptr;
    char *text_ = nullptr;
};

template <typename Parameter> struct Carrier;
template <> struct Carrier<Input> {
    using type = Reader;
};
template <> struct Carrier<Output> {
    using type = Writer;
};

} // namespace b2h

#endif
