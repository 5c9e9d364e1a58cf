// msiB2hSearch(*query, *handles)
#include "microservice.hpp"

B2H_PLUGIN(microservice<b2h_irods_search>("msiB2hSearch", object("query"), output("handles")))
