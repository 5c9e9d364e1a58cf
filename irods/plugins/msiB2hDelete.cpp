// msiB2hDelete(*handle)
#include "microservice.hpp"

B2H_PLUGIN(microservice<b2h_irods_delete>("msiB2hDelete", text("handle")))
