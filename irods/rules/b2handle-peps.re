# When the rules of b2handle.re run. Of several rules of a name, iRODS runs the first that does not fail: name this
# file after the site's own rules in server_config.json, and where these have a rule of the same name, add the line to it.

acPostProcForPut {
    if (b2hWatched($objPath)) { b2hAfterPut($objPath); }
}

acPostProcForCopy {
    if (b2hWatched($objPath)) { b2hAfterPut($objPath); }
}

acPostProcForCollCreate {
    if (b2hWatched($collName)) { b2hAfterCollection($collName); }
}

acPostProcForObjRename(*from, *to) {
    if (b2hFollowed(*from)) { b2hAfterRename(*from, *to); }
}

acDataDeletePolicy {
    if (b2hFollowed($objPath)) { b2hBeforeDelete($objPath); }
}

acPostProcForDelete {
    if (b2hFollowed($objPath)) { b2hAfterDelete($objPath); }
}

acPreprocForRmColl {
    if (b2hFollowed($collName)) { b2hBeforeRemovingCollection($collName); }
}

acPostProcForRmColl {
    if (b2hFollowed($collName)) { b2hAfterDelete($collName); }
}
