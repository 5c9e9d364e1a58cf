# msiRegisterEpicPID of irods-uu-microservices, over the microservices of libb2handle; see docs/irods.md. A rodsadmin
# only, as there, unless the configuration permits more.

# The prefix under which *id is registered.
B2HPREFIX = '21.T12345'

# Registers the URL *value under the prefix and *id, which then is the whole name. *httpCode is what the Handle server
# would have said; what never reached it, or is a fault of the configuration, fails. A name that exists is not
# overwritten.
msiRegisterEpicPID(*value, *id, *httpCode) {
    msiAddKeyVal(*values, "URL", *value);
    *code = errorcode(msiB2hRegister(B2HPREFIX ++ "/" ++ *id, *values, *handle));
    if (*code == 0) {
        *id = *handle;
        *httpCode = "201";
    } else if (*code == -809000) {
        *httpCode = "409";
    } else if (*code == -178000) {
        *httpCode = "401";
    } else if (*code == -121000) {
        *httpCode = "403";
    } else {
        fail(*code);
    }
}
