// msiB2hGet(*handle, *type, *value)
#include "microservice.hpp"

B2H_PLUGIN(microservice<b2h_irods_get>("msiB2hGet", text("handle"), text("type"), output("value")))
