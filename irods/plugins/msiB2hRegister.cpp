// msiB2hRegister(*target, *values, *handle)
#include "microservice.hpp"

B2H_PLUGIN(microservice<b2h_irods_register>("msiB2hRegister", text("target"), object("values"),
                                            output("handle")))
