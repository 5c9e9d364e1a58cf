// See stub.hpp: this is not iRODS.
#include "irods/stub.hpp"
