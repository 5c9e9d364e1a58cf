# Persistent identifiers for data objects and collections, over the microservices of libb2handle. For the rule
# engine plugin of the rule language, iRODS 4.3 and 5. b2handle-peps.re calls what is here; see docs/irods.md.

# What a site sets. ------------------------------------------------------------------------------------------------

# The name of the zone. A PID is made of it and of the id that the catalogue gave the object.
B2HZONE = 'tempZone'

# The attribute that holds the PID of an object.
B2HATTRIBUTE = 'PID'

# Which objects get a PID.
b2hWatched(*path) = *path like "/tempZone/home/*"

# Whether checksums are written to the records of data objects. Where iRODS has none, it computes one.
b2hChecksums = true

# Whoever may write to an object may give it any attribute. What the attribute says is therefore a claim: nothing is
# written to a Handle unless it points to the path that the object has, or had.

# Minting. ---------------------------------------------------------------------------------------------------------

# Gives a data object a PID, and its metadata the attribute. May be called as often as you like: the same object
# always has the same PID.
b2hMintData(*path, *pid) {
    b2hDataPid(*path, *pid);
    if (*pid == "") {
        b2hDataId(*path, *id);
        b2hRegister(*id, *path, *pid);
        msiModAVUMetadata("-d", *path, "set", B2HATTRIBUTE, *pid, "");
    }
}

# The same for a collection.
b2hMintCollection(*path, *pid) {
    b2hCollectionPid(*path, *pid);
    if (*pid == "") {
        b2hCollectionId(*path, *id);
        b2hRegister(*id, *path, *pid);
        msiModAVUMetadata("-C", *path, "set", B2HATTRIBUTE, *pid, "");
    }
}

b2hRegister(*id, *path, *pid) {
    if (*id == "") {
        failmsg(-358000, "b2handle: there is no *path.");
    }
    msiAddKeyVal(*values, "@path", *path);
    *code = errorcode(msiB2hRegister("id:" ++ B2HZONE ++ "/" ++ *id, *values, *pid));
    if (*code == -809000) {
        # Something else has that name. It must not keep the object from having a PID.
        *code = errorcode(msiB2hRegister("", *values, *pid));
        if (*code == -809000) {
            # The object has one already. This moves nothing, and says which.
            *code = errorcode(msiB2hMove(*path, *path, *pid));
        }
    }
    if (*code < 0) {
        fail(*code);
    }
}

# Gives a PID to everything in a collection, and below it, that should have one and has none, and a checksum to records
# without: what was there before, and what failed at the time. Reads each Handle that is there once. For a rodsadmin,
# by hand or from cron.
b2hMintMissing(*collection) {
    b2hAskable(*collection);
    b2hTryToMintCollection(*collection);
    foreach (*row in SELECT COLL_NAME, DATA_NAME WHERE COLL_NAME = *collection) {
        b2hTryToMintData(*row.COLL_NAME ++ "/" ++ *row.DATA_NAME);
    }
    # "like" also finds others, if there is a % or _ in the path.
    *below = *collection ++ "/";
    foreach (*row in SELECT COLL_NAME WHERE COLL_NAME like '*below%') {
        *path = *row.COLL_NAME;
        if (b2hBegins(*path, *below)) {
            b2hTryToMintCollection(*path);
        }
    }
    foreach (*row in SELECT COLL_NAME, DATA_NAME WHERE COLL_NAME like '*below%') {
        *path = *row.COLL_NAME ++ "/" ++ *row.DATA_NAME;
        if (b2hBegins(*path, *below)) {
            b2hTryToMintData(*path);
        }
    }
}

b2hTryToMintCollection(*path) {
    if (b2hWatched(*path)) {
        b2hReport(errorcode(b2hMintCollection(*path, *pid)), *path);
    }
}

b2hTryToMintData(*path) {
    if (b2hWatched(*path)) {
        b2hReport(errorcode(b2hMintComplete(*path)), *path);
    }
}

b2hMintComplete(*path) {
    b2hMintData(*path, *pid);
    if (b2hChecksums) {
        msiB2hGet(*pid, "", *record);
        if (!(*record like "*\"EUDAT/CHECKSUM\"*")) {
            b2hWriteChecksum(*path, *pid);
        }
    }
}

# Reading. ---------------------------------------------------------------------------------------------------------

# The PID in the metadata of a data object; "" if there is none.
b2hDataPid(*path, *pid) {
    *pid = "";
    b2hAskable(*path);
    msiSplitPath(*path, *parent, *name);
    foreach (*row in SELECT META_DATA_ATTR_VALUE WHERE COLL_NAME = *parent AND DATA_NAME = *name AND META_DATA_ATTR_NAME = B2HATTRIBUTE) {
        *pid = *row.META_DATA_ATTR_VALUE;
    }
}

b2hCollectionPid(*path, *pid) {
    *pid = "";
    b2hAskable(*path);
    foreach (*row in SELECT META_COLL_ATTR_VALUE WHERE COLL_NAME = *path AND META_COLL_ATTR_NAME = B2HATTRIBUTE) {
        *pid = *row.META_COLL_ATTR_VALUE;
    }
}

# The id in the catalogue; "" if there is no such object.
b2hDataId(*path, *id) {
    *id = "";
    b2hAskable(*path);
    msiSplitPath(*path, *parent, *name);
    foreach (*row in SELECT DATA_ID WHERE COLL_NAME = *parent AND DATA_NAME = *name) {
        *id = *row.DATA_ID;
    }
}

b2hCollectionId(*path, *id) {
    *id = "";
    b2hAskable(*path);
    foreach (*row in SELECT COLL_ID WHERE COLL_NAME = *path) {
        *id = *row.COLL_ID;
    }
}

# Whether the catalogue has the id, wherever the object is now.
b2hHasData(*id, *has) {
    *has = false;
    foreach (*row in SELECT DATA_ID WHERE DATA_ID = *id) {
        *has = true;
    }
}

b2hHasCollection(*id, *has) {
    *has = false;
    foreach (*row in SELECT COLL_ID WHERE COLL_ID = *id) {
        *has = true;
    }
}

# The catalogue tells parts of a condition apart by counting quotes. A name with a quote and one of these would be
# taken for something else.
b2hAskable(*path) {
    if (*path like "*'*") {
        if (*path like "*||*" || *path like "*&&*") {
            failmsg(-130000, "b2handle: the catalogue cannot be asked for *path, which has a quote together with || or &&.");
        }
    }
}

b2hBegins(*text, *with) = strlen(*text) >= strlen(*with) && substr(*text, 0, strlen(*with)) == *with

# What follows an event. None of these fails: what a user does with data must not depend on the Handle server. All are
# true, so that they can be part of a condition. ------------------------------------------------------------------

b2hAfterPut(*path) {
    if (b2hWatched(*path)) {
        b2hReport(errorcode(b2hMintWithChecksum(*path)), *path);
    }
    true;
}

b2hMintWithChecksum(*path) {
    b2hMintData(*path, *pid);
    if (b2hChecksums) {
        b2hWriteChecksum(*path, *pid);
    }
}

b2hWriteChecksum(*path, *pid) {
    msiDataObjChksum(*path, "null", *checksum);
    msiAddKeyVal(*values, "@path", *path);
    msiAddKeyVal(*values, "EUDAT/CHECKSUM", *checksum);
    msiB2hModify(*pid, *values);
}

b2hAfterCollection(*path) {
    if (b2hWatched(*path)) {
        b2hReport(errorcode(b2hMintCollection(*path, *pid)), *path);
    }
    true;
}

b2hAfterRename(*from, *to) {
    b2hReport(errorcode(b2hFollow(*from, *to)), *to);
    true;
}

b2hFollow(*from, *to) {
    msiGetObjType(*to, *type);
    if (*type == "-d") {
        b2hDataPid(*to, *pid);
        if (*pid != "") {
            b2hMove(*pid, *from, *to);
        } else if (b2hWatched(*to)) {
            b2hMintWithChecksum(*to);
        }
    } else {
        # The paths of all that is in the collection have changed too, which may be much.
        delay("<INST_NAME>irods_rule_engine_plugin-irods_rule_language-instance</INST_NAME><PLUSET>1s</PLUSET>") {
            b2hFollowCollection(*from, *to);
        }
    }
}

# For all that is in a collection, and below it, that was at *from and is at *to.
b2hFollowCollection(*from, *to) {
    b2hAskable(*to);
    *below = *to ++ "/";
    b2hCollectionPid(*to, *pid);
    b2hTryToMove(*pid, *from, *to);
    foreach (*row in SELECT COLL_NAME, META_COLL_ATTR_VALUE WHERE COLL_NAME like '*below%' AND META_COLL_ATTR_NAME = B2HATTRIBUTE) {
        if (b2hBegins(*row.COLL_NAME, *below)) {
            b2hTryToMove(*row.META_COLL_ATTR_VALUE, *from ++ b2hRest(*row.COLL_NAME, *to), *row.COLL_NAME);
        }
    }
    foreach (*row in SELECT DATA_NAME, META_DATA_ATTR_VALUE WHERE COLL_NAME = *to AND META_DATA_ATTR_NAME = B2HATTRIBUTE) {
        b2hTryToMove(*row.META_DATA_ATTR_VALUE, *from ++ "/" ++ *row.DATA_NAME, *below ++ *row.DATA_NAME);
    }
    foreach (*row in SELECT COLL_NAME, DATA_NAME, META_DATA_ATTR_VALUE WHERE COLL_NAME like '*below%' AND META_DATA_ATTR_NAME = B2HATTRIBUTE) {
        *path = *row.COLL_NAME ++ "/" ++ *row.DATA_NAME;
        if (b2hBegins(*path, *below)) {
            b2hTryToMove(*row.META_DATA_ATTR_VALUE, *from ++ b2hRest(*path, *to), *path);
        }
    }
    if (b2hWatched(*to) && !b2hWatched(*from)) {
        b2hMintMissing(*to);
    }
}

# What comes after the beginning.
b2hRest(*text, *beginning) = substr(*text, strlen(*beginning), strlen(*text))

b2hTryToMove(*pid, *from, *to) {
    if (*pid != "") {
        b2hReport(errorcode(b2hMove(*pid, *from, *to)), *to);
    }
}

b2hMove(*pid, *from, *to) {
    msiAddKeyVal(*source, "@handle", *pid);
    msiAddKeyVal(*source, "@path", *from);
    msiB2hMove(*source, *to, *moved);
}

# The metadata is gone when the object is, so its PID is remembered before, under its path; and its id, since the events
# after a deletion also come where nothing was deleted.
b2hBeforeDelete(*path) {
    b2hReport(errorcode(b2hRememberData(*path)), *path);
    true;
}

b2hRememberData(*path) {
    b2hRemember(*path, "", "");
    b2hDataPid(*path, *pid);
    if (*pid != "") {
        b2hDataId(*path, *id);
        b2hRemember(*path, *pid, *id);
    }
}

b2hBeforeRemovingCollection(*path) {
    b2hReport(errorcode(b2hRememberCollection(*path)), *path);
    true;
}

b2hRememberCollection(*path) {
    b2hRemember(*path, "", "");
    b2hCollectionPid(*path, *pid);
    if (*pid != "") {
        b2hCollectionId(*path, *id);
        b2hRemember(*path, *pid, *id);
    }
}

b2hRemember(*path, *pid, *id) {
    temporaryStorage."b2h PID *path" = *pid;
    temporaryStorage."b2h id *path" = *id;
}

b2hRecall(*path, *pid, *id) {
    *pid = temporaryStorage."b2h PID *path";
    *id = temporaryStorage."b2h id *path";
}

b2hAfterDelete(*path) {
    b2hReport(errorcode(b2hBuryData(*path)), *path);
    true;
}

b2hBuryData(*path) {
    *pid = "";
    *id = "";
    errorcode(b2hRecall(*path, *pid, *id));
    if (*pid != "" && *id != "") {
        b2hHasData(*id, *has);
        if (!*has) { b2hBury(*pid, *path); }
    }
}

b2hAfterRemovingCollection(*path) {
    b2hReport(errorcode(b2hBuryCollection(*path)), *path);
    true;
}

b2hBuryCollection(*path) {
    *pid = "";
    *id = "";
    errorcode(b2hRecall(*path, *pid, *id));
    if (*pid != "" && *id != "") {
        b2hHasCollection(*id, *has);
        if (!*has) { b2hBury(*pid, *path); }
    }
}

# What the Handle points to then is in the configuration.
b2hBury(*pid, *path) {
    msiGetSystemTime(*now, "human");
    msiAddKeyVal(*values, "@tombstone", *path);
    msiAddKeyVal(*values, "DELETED", *now);
    msiB2hModify(*pid, *values);
    b2hRemember(*path, "", "");
}

b2hReport(*code, *path) {
    if (*code < 0) {
        writeLine("serverLog", "b2handle: *path: error *code; the reason is in the lines before.");
    }
}

# Events. ----------------------------------------------------------------------------------------------------------

# Whether no other rule has this name.
b2hAlone(*name) {
    *rules = 0;
    foreach (*rule in listcorerules) {
        if (*rule == *name) { *rules = *rules + 1; }
    }
    *rules < 2;
}

# RULE_ENGINE_CONTINUE: what the next rule engine has for the event counts.
B2HCONTINUE = 5000000
