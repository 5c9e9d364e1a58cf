// The catalogue of the stub: zones with users, groups, objects and access lists.
#ifndef B2H_IRODS_STUB_CATALOGUE_HPP
#define B2H_IRODS_STUB_CATALOGUE_HPP

#include <map>
#include <string>
#include <vector>

namespace stub
{

using Row = std::map<int, std::string>; // by column
using Table = std::vector<Row>;

/* One zone. Ids are numbers that mean something in their zone only. */
class Zone
{
  public:
    void user(int id, const std::string &name, const std::string &zone);
    void group(int id, const std::string &name, const std::string &zone, const std::vector<int> &members);
    void data_object(int id, const std::string &parent, const std::string &name);
    void collection(int id, const std::string &path);
    /* Access by the number that iRODS has for it: 1050 read, 1120 write, 1200 own. */
    void access(int object, int who, int type);

    /* The rows of the first table that has all the columns. */
    const Table *with(const std::vector<int> &columns) const;

  private:
    Table users_, members_, data_objects_, collections_, data_access_, collection_access_;
    std::map<int, Row> by_id_;
};

struct Catalogue {
    std::string local_zone;
    std::map<std::string, Zone> zones;
    /* Compares text as some databases do: without case and spaces at the end. */
    bool careless = false;
    /* Returned by every query if negative. */
    int broken = 0;
    int queries = 0;
    int open_statements = 0;
};

Catalogue &catalogue();

} // namespace stub

#endif
