// msiB2hMove(*source, *new_path, *handle)
#include "microservice.hpp"

B2H_PLUGIN(microservice<b2h_irods_move>("msiB2hMove", object("source"), text("new_path"), output("handle")))
