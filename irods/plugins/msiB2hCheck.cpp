// msiB2hCheck(*report)
#include "microservice.hpp"

B2H_PLUGIN(microservice<b2h_irods_check>("msiB2hCheck", output("report")))
