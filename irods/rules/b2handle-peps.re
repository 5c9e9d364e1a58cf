# When the rules of b2handle.re run. Where a site has rules of these names already, the one line goes into them: of
# several rules of a name, the first whose condition holds is the only one that runs.

acPostProcForPut {
    ON (b2hWatched($objPath)) { b2hAfterPut($objPath); }
}

acPostProcForCopy {
    ON (b2hWatched($objPath)) { b2hAfterPut($objPath); }
}

acPostProcForCollCreate {
    ON (b2hWatched($collName)) { b2hAfterCollection($collName); }
}

acPostProcForObjRename(*from, *to) {
    ON (b2hFollowed(*from)) { b2hAfterRename(*from, *to); }
}

acDataDeletePolicy {
    ON (b2hFollowed($objPath)) { b2hBeforeDelete($objPath); }
}

acPostProcForDelete {
    ON (b2hFollowed($objPath)) { b2hAfterDelete($objPath); }
}

acPreprocForRmColl {
    ON (b2hFollowed($collName)) { b2hBeforeRemovingCollection($collName); }
}

acPostProcForRmColl {
    ON (b2hFollowed($collName)) { b2hAfterDelete($collName); }
}
