# When the rules of b2handle.re run. Name this file first in server_config.json. No rule here decides anything: what the
# site's own rules and core.re have for the same event runs after it and counts, such as what protects data from deletion.

acPostProcForPut {
    if (b2hWatched($objPath)) { b2hAfterPut($objPath); }
    b2hGoOn("acPostProcForPut");
}

acPostProcForCopy {
    if (b2hWatched($objPath)) { b2hAfterPut($objPath); }
    b2hGoOn("acPostProcForCopy");
}

acPostProcForCollCreate {
    if (b2hWatched($collName)) { b2hAfterCollection($collName); }
    b2hGoOn("acPostProcForCollCreate");
}

acPostProcForObjRename(*from, *to) {
    b2hAfterRename(*from, *to);
    b2hGoOn("acPostProcForObjRename");
}

acDataDeletePolicy {
    b2hBeforeDelete($objPath);
    b2hGoOn("acDataDeletePolicy");
}

acPostProcForDelete {
    b2hAfterDelete($objPath);
    b2hGoOn("acPostProcForDelete");
}

acPreprocForRmColl {
    b2hBeforeRemovingCollection($collName);
    b2hGoOn("acPreprocForRmColl");
}

acPostProcForRmColl {
    b2hAfterRemovingCollection($collName);
    b2hGoOn("acPostProcForRmColl");
}
