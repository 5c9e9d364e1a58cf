# The rules of B2SAFE-core that read and write PIDs, by name and arguments, over the microservices of libb2handle
# instead of epicclient.py. To be read before B2SAFE's own rulebase/pid-service.re, or instead of these rules in it. A
# B2SAFE whose rules call msiPid* needs surfsara.re and not this file.

# Gives the object a PID with the values of EUDAT's profile, and the metadata that B2SAFE keeps beside it. "pid" as
# *ror or *fio is the new PID itself.
EUDATCreatePID(*parent, *path, *ror, *fio, *fixed, *newPID) {
    if (!EUDATSearchPID(*path, *newPID)) {
        msiAddKeyVal(*values, "@path", *path);
        msiAddKeyVal(*values, "EUDAT/PROFILE_VERSION", "1");
        msiAddKeyVal(*values, "EUDAT/FIXED_CONTENT", b2hTruth(*fixed));
        b2hAddGiven(*values, "EUDAT/ROR", *ror);
        b2hAddGiven(*values, "EUDAT/PARENT", *parent);
        b2hAddGiven(*values, "EUDAT/FIO", *fio);
        msiB2hRegister("", *values, *newPID);
        if (*ror == "pid") { b2hSetOne(*newPID, "EUDAT/ROR", *newPID); }
        if (*fio == "pid") { b2hSetOne(*newPID, "EUDAT/FIO", *newPID); }

        msiGetObjType(*path, *type);
        *of = if *type == "-d" then "-d" else "-C";
        msiModAVUMetadata(*of, *path, "set", "PID", *newPID, "");
        msiModAVUMetadata(*of, *path, "set", "EUDAT/FIXED_CONTENT", b2hTruth(*fixed), "");
        b2hKeep(*of, *path, "EUDAT/ROR", *ror, *newPID);
        b2hKeep(*of, *path, "EUDAT/PARENT", *parent, *newPID);
        b2hKeep(*of, *path, "EUDAT/FIO", *fio, *newPID);
    }
}

# Whether something points to the path; *pid is "empty" if not.
EUDATSearchPID(*path, *pid) {
    EUDATePIDsearch("@path", *path, *pid);
}

EUDATePIDcreate(*path, *extraType, *PID) {
    *values = list("@path", *path);
    if (*extraType != "empty") {
        *values = cons("@path", cons(*path, split(*extraType, ",")));
    }
    msiB2hRegister("", *values, *PID);
}

# The first of those that have the value.
EUDATePIDsearch(*field, *value, *PID) {
    *PID = "empty";
    *found = false;
    msiAddKeyVal(*query, *field, *value);
    msiB2hSearch(*query, *handles);
    if (*handles != "[]") {
        *PID = elem(split(*handles, '"'), 1);
        *found = true;
    }
    *found;
}

# The value, or "None". Only what is not there is "None": other failures fail.
EUDATGeteValPid(*pid, *key) {
    *value = "None";
    *code = errorcode(msiB2hGet(*pid, *key, *value));
    if (*code < 0 && *code != -313000 && *code != -176000) {
        fail(*code);
    }
    *value;
}

EUDATePIDremove(*path, *force) {
    if (EUDATSearchPID(*path, *pid)) {
        *replica = EUDATGeteValPid(*pid, "EUDAT/REPLICA");
        if (*replica == "" || *replica == "None" || b2hTruth(*force) == "True") {
            msiB2hDelete(*pid);
        }
    }
}

EUDATeURLupdate(*PID, *newURL) {
    b2hSetOne(*PID, "URL", *newURL);
}

EUDATeRORupdate(*pid, *newRor) {
    b2hSetOne(*pid, "EUDAT/ROR", *newRor);
}

EUDATeFIOupdate(*pid, *newFio) {
    b2hSetOne(*pid, "EUDAT/FIO", *newFio);
}

EUDATeCHECKSUMupdate(*PID, *path) {
    msiDataObjChksum(*path, "null", *checksum);
    msiGetSystemTime(*now, "human");
    msiAddKeyVal(*values, "@path", *path);
    msiAddKeyVal(*values, "EUDAT/CHECKSUM", *checksum);
    msiAddKeyVal(*values, "EUDAT/CHECKSUM_TIMESTAMP", *now);
    msiB2hModify(*PID, *values);
}

b2hSetOne(*pid, *key, *value) {
    msiAddKeyVal(*values, *key, *value);
    msiB2hModify(*pid, *values);
}

b2hGiven(*value) = *value != "" && *value != "None" && *value != "pid"

b2hAddGiven(*values, *key, *value) {
    if (b2hGiven(*value)) { msiAddKeyVal(*values, *key, *value); }
}

b2hKeep(*of, *path, *key, *value, *pid) {
    if (b2hGiven(*value)) { msiModAVUMetadata(*of, *path, "set", *key, *value, ""); }
    if (*value == "pid") { msiModAVUMetadata(*of, *path, "set", *key, *pid, ""); }
}

b2hTruth(*word) = if *word == "true" || *word == "True" then "True" else "False"
