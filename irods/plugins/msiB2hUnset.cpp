// msiB2hUnset(*handle, *types)
#include "microservice.hpp"

B2H_PLUGIN(microservice<b2h_irods_unset>("msiB2hUnset", text("handle"), list("types")))
