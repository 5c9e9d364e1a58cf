# When the rules of b2handle.re run. Name this file first in server_config.json. No rule here decides anything. The
# condition does the work, and holds only where no other rule has the name: what the site's own rules and core.re have
# for the event runs next, and its outcome counts, such as what protects data from deletion.

acPostProcForPut {
    on (b2hAfterPut($objPath) && b2hAlone("acPostProcForPut")) { B2HCONTINUE; }
}

acPostProcForCopy {
    on (b2hAfterPut($objPath) && b2hAlone("acPostProcForCopy")) { B2HCONTINUE; }
}

acPostProcForCollCreate {
    on (b2hAfterCollection($collName) && b2hAlone("acPostProcForCollCreate")) { B2HCONTINUE; }
}

acPostProcForObjRename(*from, *to) {
    on (b2hAfterRename(*from, *to) && b2hAlone("acPostProcForObjRename")) { B2HCONTINUE; }
}

acDataDeletePolicy {
    on (b2hBeforeDelete($objPath) && b2hAlone("acDataDeletePolicy")) { B2HCONTINUE; }
}

acPostProcForDelete {
    on (b2hAfterDelete($objPath) && b2hAlone("acPostProcForDelete")) { B2HCONTINUE; }
}

acPreprocForRmColl {
    on (b2hBeforeRemovingCollection($collName) && b2hAlone("acPreprocForRmColl")) { B2HCONTINUE; }
}

acPostProcForRmColl {
    on (b2hAfterRemovingCollection($collName) && b2hAlone("acPostProcForRmColl")) { B2HCONTINUE; }
}
