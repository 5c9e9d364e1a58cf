// Texts of the configuration with names in braces: {OBJECT}, {IRODS_WEBDAV_PREFIX}.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace b2h_irods
{
/** What names stand for that are the same for every Handle. A name without a value is known, and not set. */
using variables = std::map<std::string, std::optional<std::string>>;

/** What a pattern is filled with. */
struct filling {
    /** The logical path; "" where there is none. */
    std::string path;
    std::string handle;
};

/**
 * A text of the configuration. The names of variables are replaced when it is read; what remains is {OBJECT}
 * (the path as it is), {OBJECT_URL} (percent-encoded) and {HANDLE} (the name that is registered). Nothing
 * that is filled in is looked at again.
 */
class pattern
{
  public:
    /** Refuses names that are not known, and those that are not set. */
    static pattern read(const std::string &text, const variables &known);
    /** A text as it is, and then the path. */
    static pattern path_after(std::string text, bool encoded);

    bool needs_path() const noexcept;
    /** Needs the path exactly once and nothing else, so that the path can be told from the text. */
    bool names_path() const noexcept;
    bool same_as(const pattern &other) const noexcept;
    std::string fill(const filling &with) const;
    /** The path with which the pattern gives this text; none where there is no such path. */
    std::optional<std::string> path_of(const std::string &text) const;

  private:
    enum class kind { literal, object, object_url, handle };
    struct piece {
        pattern::kind kind;
        std::string text;
    };
    void add(kind what, std::string text = {});

    std::vector<piece> pieces_;
};

/** Whether a name stands for something else with every Handle. */
bool is_name_of_path(const std::string &name);
/** Whether a name is kept for the library: no variable may have it. */
bool is_name_of_handle(const std::string &name);
} // namespace b2h_irods
