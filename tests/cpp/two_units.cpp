// A program of two sources that both include everything: compiled twice, once with SECOND.
#include <b2handle.hpp>
// Once more does no harm.
#include <b2handle.hpp>

std::string second();

#ifdef SECOND
std::string second()
{
    return b2h::client::from_json_text("{\"prefix\": \"21.T12345\"}").setting("prefix");
}
#else
int main()
{
    return second() == b2h::name_parse("21.T12345/x").prefix ? 0 : 1;
}
#endif
