// msiB2hModify(*handle, *values)
#include "microservice.hpp"

B2H_PLUGIN(microservice<b2h_irods_modify>("msiB2hModify", text("handle"), object("values")))
