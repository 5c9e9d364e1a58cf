# Persistent identifiers for data objects and collections, over the microservices of libb2handle. For the rule
# engine plugin of the rule language, iRODS 4.3 and 5. b2handle-peps.re calls what is here; see docs/irods.md.

# What a site sets. ------------------------------------------------------------------------------------------------

# The name of the zone. A PID is made of it and of the id that the catalogue gave the object.
B2HZONE = 'tempZone'

# The attribute that holds the PID of an object.
B2HATTRIBUTE = 'PID'

# The page that the PID of a deleted object points to.
B2HTOMBSTONE = 'https://example.org/deleted'

# Which objects get a PID.
b2hWatched(*path) = *path like "/tempZone/home/*"

# Where an object with a PID may be when it is deleted.
b2hFollowed(*path) = b2hWatched(*path) || *path like "/tempZone/trash/*"

# Whether checksums are written to the records of data objects. Where iRODS has none, it computes one.
b2hChecksums = true

# Minting. ---------------------------------------------------------------------------------------------------------

# Gives a data object a PID, and its metadata the attribute. May be called as often as you like: the same object
# always has the same PID.
b2hMintData(*path, *pid) {
    b2hDataPid(*path, *pid);
    if (*pid == "") {
        msiSplitPath(*path, *parent, *name);
        *id = "";
        foreach (*row in SELECT DATA_ID WHERE COLL_NAME = *parent AND DATA_NAME = *name) {
            *id = *row.DATA_ID;
        }
        b2hRegister(*id, *path, *pid);
        msiModAVUMetadata("-d", *path, "set", B2HATTRIBUTE, *pid, "");
    }
}

# The same for a collection.
b2hMintCollection(*path, *pid) {
    b2hCollectionPid(*path, *pid);
    if (*pid == "") {
        *id = "";
        foreach (*row in SELECT COLL_ID WHERE COLL_NAME = *path) {
            *id = *row.COLL_ID;
        }
        b2hRegister(*id, *path, *pid);
        msiModAVUMetadata("-C", *path, "set", B2HATTRIBUTE, *pid, "");
    }
}

b2hRegister(*id, *path, *pid) {
    if (*id == "") {
        failmsg(-358000, "b2handle: there is no *path.");
    }
    msiAddKeyVal(*values, "@path", *path);
    msiB2hRegister("id:" ++ B2HZONE ++ "/" ++ *id, *values, *pid);
}

# Gives a PID to every data object in a collection, and below it, that should have one and has none: what was there
# before, and what failed at the time. For a rodsadmin, by hand or from cron.
b2hMintMissing(*collection) {
    b2hAskable(*collection);
    foreach (*row in SELECT COLL_NAME, DATA_NAME WHERE COLL_NAME = *collection) {
        b2hTryToMint(*row.COLL_NAME ++ "/" ++ *row.DATA_NAME);
    }
    # "like" also finds others, if there is a % or _ in the path.
    *below = *collection ++ "/";
    foreach (*row in SELECT COLL_NAME, DATA_NAME WHERE COLL_NAME like '*below%') {
        *path = *row.COLL_NAME ++ "/" ++ *row.DATA_NAME;
        if (b2hBegins(*path, *below)) {
            b2hTryToMint(*path);
        }
    }
}

b2hTryToMint(*path) {
    if (b2hWatched(*path)) {
        b2hReport(errorcode(b2hMintData(*path, *pid)), *path);
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

# What follows an event. None of these fails: what a user does with data must not depend on the Handle server. -----

b2hAfterPut(*path) {
    b2hReport(errorcode(b2hMintWithChecksum(*path)), *path);
}

b2hMintWithChecksum(*path) {
    b2hMintData(*path, *pid);
    if (b2hChecksums) {
        msiDataObjChksum(*path, "null", *checksum);
        msiAddKeyVal(*values, "EUDAT/CHECKSUM", *checksum);
        msiB2hModify(*pid, *values);
    }
}

b2hAfterCollection(*path) {
    b2hReport(errorcode(b2hMintCollection(*path, *pid)), *path);
}

b2hAfterRename(*from, *to) {
    b2hReport(errorcode(b2hFollow(*from, *to)), *to);
}

b2hFollow(*from, *to) {
    msiGetObjType(*to, *type);
    if (*type == "-d") {
        b2hDataPid(*to, *pid);
        b2hMoveTo(*pid, *to);
    } else {
        # The paths of all that is in the collection have changed too, which may be much.
        delay("<INST_NAME>irods_rule_engine_plugin-irods_rule_language-instance</INST_NAME><PLUSET>1s</PLUSET>") {
            b2hFollowCollection(*to);
        }
    }
}

b2hFollowCollection(*path) {
    b2hAskable(*path);
    *below = *path ++ "/";
    b2hCollectionPid(*path, *pid);
    b2hTryToMove(*pid, *path);
    foreach (*row in SELECT COLL_NAME, META_COLL_ATTR_VALUE WHERE COLL_NAME like '*below%' AND META_COLL_ATTR_NAME = B2HATTRIBUTE) {
        if (b2hBegins(*row.COLL_NAME, *below)) {
            b2hTryToMove(*row.META_COLL_ATTR_VALUE, *row.COLL_NAME);
        }
    }
    foreach (*row in SELECT DATA_NAME, META_DATA_ATTR_VALUE WHERE COLL_NAME = *path AND META_DATA_ATTR_NAME = B2HATTRIBUTE) {
        b2hTryToMove(*row.META_DATA_ATTR_VALUE, *below ++ *row.DATA_NAME);
    }
    foreach (*row in SELECT COLL_NAME, DATA_NAME, META_DATA_ATTR_VALUE WHERE COLL_NAME like '*below%' AND META_DATA_ATTR_NAME = B2HATTRIBUTE) {
        *to = *row.COLL_NAME ++ "/" ++ *row.DATA_NAME;
        if (b2hBegins(*to, *below)) {
            b2hTryToMove(*row.META_DATA_ATTR_VALUE, *to);
        }
    }
}

b2hTryToMove(*pid, *to) {
    b2hReport(errorcode(b2hMoveTo(*pid, *to)), *to);
}

b2hMoveTo(*pid, *to) {
    if (*pid != "") {
        msiB2hMove(*pid, *to, *moved);
    }
}

# The metadata is gone when the object is, so its PID is remembered before, under its path.
b2hBeforeDelete(*path) {
    b2hReport(errorcode(b2hRememberData(*path)), *path);
}

b2hRememberData(*path) {
    b2hDataPid(*path, *pid);
    b2hRemember(*path, *pid);
}

b2hBeforeRemovingCollection(*path) {
    b2hReport(errorcode(b2hRememberCollection(*path)), *path);
}

b2hRememberCollection(*path) {
    b2hCollectionPid(*path, *pid);
    b2hRemember(*path, *pid);
}

b2hRemember(*path, *pid) {
    temporaryStorage."b2h *path" = *pid;
}

b2hAfterDelete(*path) {
    b2hReport(errorcode(b2hBury(*path)), *path);
}

b2hBury(*path) {
    *pid = "";
    errorcode(b2hRecall(*path, *pid));
    if (*pid != "") {
        msiAddKeyVal(*values, "URL", B2HTOMBSTONE);
        msiGetSystemTime(*now, "human");
        msiAddKeyVal(*values, "DELETED", *now);
        msiB2hModify(*pid, *values);
    }
}

b2hRecall(*path, *pid) {
    *pid = temporaryStorage."b2h *path";
}

b2hReport(*code, *path) {
    if (*code < 0) {
        writeLine("serverLog", "b2handle: *path: error *code; the reason is in the lines before.");
    }
}
