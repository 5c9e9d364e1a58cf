#include "catalogue.hpp"

#include "irods/stub.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <set>

namespace stub
{
namespace
{

Row user_row(int id, const std::string &name, const std::string &zone, const std::string &type)
{
    return {{COL_USER_ID, std::to_string(id)},
            {COL_USER_NAME, name},
            {COL_USER_ZONE, zone},
            {COL_USER_TYPE, type}};
}

Row member(Row user, int group)
{
    user[COL_USER_GROUP_ID] = std::to_string(group);
    return user;
}

std::string careless(std::string text)
{
    while (!text.empty() && text.back() == ' ') {
        text.pop_back();
    }
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool equal(const std::string &a, const std::string &b)
{
    return catalogue().careless ? careless(a) == careless(b) : a == b;
}

/* Where the next || or && is that no quote hides, counting quotes as GenQuery does. */
std::size_t joint(const std::string &condition)
{
    bool quoted = false;
    for (std::size_t i = 0; i + 1 < condition.size(); ++i) {
        quoted ^= condition[i] == '\'';
        const auto two = condition.substr(i, 2);
        if (!quoted && (two == "||" || two == "&&")) {
            return i;
        }
    }
    return std::string::npos;
}

/* The parts of a condition, each "= 'text'" from its first to its last quote. False if it is something else.
 */
bool holds(const std::string &condition, const std::string &value, bool &understood)
{
    const auto end = joint(condition);
    const auto part = condition.substr(0, end);
    const auto first = part.find('\''), last = part.rfind('\'');
    if (first == last || part.find_first_not_of(" =") != first) {
        understood = false;
        return false;
    }
    const bool here = equal(value, part.substr(first + 1, last - first - 1));
    if (end == std::string::npos) {
        return here;
    }
    const bool rest = holds(condition.substr(end + 2), value, understood);
    return condition[end] == '|' ? here || rest : here && rest;
}

struct Statement {
    std::vector<std::vector<std::string>> rows;
    std::size_t next = 0;
};

std::map<int, Statement> &statements()
{
    static std::map<int, Statement> all;
    return all;
}

int prepare(const genQueryInp_t &input, const Zone &zone, int &index)
{
    std::vector<int> columns(input.selectInp.inx, input.selectInp.inx + input.selectInp.len);
    columns.insert(columns.end(), input.sqlCondInp.inx, input.sqlCondInp.inx + input.sqlCondInp.len);
    const auto *table = zone.with(columns);
    if (!table) {
        return CAT_INVALID_ARGUMENT;
    }
    bool understood = true;
    std::set<std::vector<std::string>> rows;
    for (const auto &row : *table) {
        bool fits = true;
        for (int i = 0; i < input.sqlCondInp.len; ++i) {
            fits &= holds(input.sqlCondInp.value[i], row.at(input.sqlCondInp.inx[i]), understood);
        }
        std::vector<std::string> selected;
        for (int i = 0; i < input.selectInp.len; ++i) {
            selected.push_back(row.at(input.selectInp.inx[i]));
        }
        if (fits) {
            rows.insert(selected);
        }
    }
    if (!understood) {
        return CAT_INVALID_ARGUMENT;
    }
    static int last = 0;
    index = ++last;
    statements()[index].rows.assign(rows.begin(), rows.end());
    ++catalogue().open_statements;
    return 0;
}

void close(int index)
{
    statements().erase(index);
    --catalogue().open_statements;
}

int fetch(const genQueryInp_t &input, int index, genQueryOut_t &output)
{
    auto &statement = statements().at(index);
    const auto count = std::min<std::size_t>(statement.rows.size() - statement.next, input.maxRows);
    if (count == 0) {
        close(index);
        return CAT_NO_ROWS_FOUND;
    }
    std::size_t width = 0;
    for (const auto &row : statement.rows) {
        for (const auto &text : row) {
            width = std::max(width, text.size() + 1);
        }
    }
    output.rowCnt = static_cast<int>(count);
    output.attriCnt = input.selectInp.len;
    for (int i = 0; i < input.selectInp.len; ++i) {
        auto &column = output.sqlResult[i];
        column.attriInx = input.selectInp.inx[i];
        column.len = static_cast<int>(width);
        column.value = static_cast<char *>(std::calloc(count, width));
        for (std::size_t row = 0; row < count; ++row) {
            std::strcpy(column.value + row * width, statement.rows[statement.next + row][i].c_str());
        }
    }
    statement.next += count;
    // A last page that is not full closes the statement.
    if (count < static_cast<std::size_t>(input.maxRows)) {
        close(index);
        index = 0;
    }
    output.continueInx = index;
    return 0;
}

} // namespace

void Zone::user(int id, const std::string &name, const std::string &zone)
{
    by_id_[id] = user_row(id, name, zone, "rodsuser");
    users_.push_back(by_id_[id]);
    members_.push_back(member(by_id_[id], id));
}

void Zone::group(int id, const std::string &name, const std::string &zone, const std::vector<int> &members)
{
    users_.push_back(user_row(id, name, zone, "rodsgroup"));
    for (const int user : members) {
        members_.push_back(member(by_id_.at(user), id));
    }
}

void Zone::data_object(int id, const std::string &parent, const std::string &name)
{
    data_objects_.push_back(
        {{COL_D_DATA_ID, std::to_string(id)}, {COL_COLL_NAME, parent}, {COL_DATA_NAME, name}});
}

void Zone::collection(int id, const std::string &path)
{
    collections_.push_back({{COL_COLL_ID, std::to_string(id)}, {COL_COLL_NAME, path}});
}

void Zone::access(int object, int who, int type)
{
    const auto o = std::to_string(object), w = std::to_string(who), t = std::to_string(type);
    data_access_.push_back(
        {{COL_DATA_ACCESS_DATA_ID, o}, {COL_DATA_ACCESS_USER_ID, w}, {COL_DATA_ACCESS_TYPE, t}});
    collection_access_.push_back(
        {{COL_COLL_ACCESS_COLL_ID, o}, {COL_COLL_ACCESS_USER_ID, w}, {COL_COLL_ACCESS_TYPE, t}});
}

const Table *Zone::with(const std::vector<int> &columns) const
{
    for (const auto *table :
         {&users_, &members_, &data_objects_, &collections_, &data_access_, &collection_access_}) {
        const auto has = [&](int column) { return !table->empty() && table->front().count(column) == 1; };
        if (std::all_of(columns.begin(), columns.end(), has)) {
            return table;
        }
    }
    return nullptr;
}

Catalogue &catalogue()
{
    static Catalogue one;
    return one;
}

} // namespace stub

int rsGenQuery(rsComm_t *, genQueryInp_t *input, genQueryOut_t **output)
{
    auto &catalogue = stub::catalogue();
    ++catalogue.queries;
    if (catalogue.broken < 0) {
        return catalogue.broken;
    }
    auto zone = catalogue.local_zone;
    for (int i = 0; i < input->condInput.len; ++i) {
        if (std::strcmp(input->condInput.keyWord[i], ZONE_KW) == 0) {
            zone = input->condInput.value[i];
        }
    }
    if (catalogue.zones.count(zone) == 0) {
        return SYS_INVALID_ZONE_NAME;
    }
    *output = static_cast<genQueryOut_t *>(std::calloc(1, sizeof **output));
    int index = input->continueInx;
    const int code = index > 0 ? 0 : stub::prepare(*input, catalogue.zones[zone], index);
    return code < 0 ? code : stub::fetch(*input, index, **output);
}
