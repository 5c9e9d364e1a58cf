# The microservices of irods-msi-persistent-id by name and arguments, over those of libb2handle, so that rules that
# call them go on unchanged. What is different on purpose: docs/irods.md, "From msiPid*".

# A target that is no path (some rules give a URL) is written as the URL. What is no list of keys and values means
# "no more".
msiPidCreate(*path, *keyValues, *handle) {
    *values = list(b2hTypeOf(*path), *path);
    if (b2hIsList("*keyValues")) {
        *values = cons(b2hTypeOf(*path), cons(*path, *keyValues));
    }
    msiB2hRegister("", *values, *handle);
}

# A list in a string is written in brackets.
b2hIsList(*shown) = *shown like "[*]"

b2hTypeOf(*path) = if *path like "/*" then "@path" else "URL"

msiPidGet(*path, *type, *value) {
    msiB2hGet(*path, *type, *value);
}

msiPidGetHandle(*handle, *type, *value) {
    msiB2hGet(*handle, *type, *value);
}

msiPidSet(*path, *key, *value, *handle) {
    b2hOnlyHandle(*path, *handle);
    msiPidSetHandle(*handle, *key, *value);
}

# Where the key is a list of keys and values, the value does not count.
msiPidSetHandle(*handle, *key, *value) {
    if (b2hIsList("*key")) {
        msiB2hModify(*handle, *key);
    } else {
        msiB2hModify(*handle, list(*key, *value));
    }
}

msiPidUnset(*path, *key, *handle) {
    b2hOnlyHandle(*path, *handle);
    msiB2hUnset(*handle, *key);
}

msiPidUnsetHandle(*handle, *key) {
    msiB2hUnset(*handle, *key);
}

msiPidMove(*old, *new, *handle) {
    msiB2hMove(*old, *new, *handle);
}

msiPidMoveHandle(*handle, *new) {
    msiB2hMove(*handle, *new, *moved);
}

msiPidDelete(*path, *handle) {
    b2hOnlyHandle(*path, *handle);
    msiB2hDelete(*handle);
}

msiPidDeleteHandle(*handle) {
    msiB2hDelete(*handle);
}

msiPidLookup(*path, *handles) {
    msiPidLookupKey(b2hTypeOf(*path), *path, *handles);
}

msiPidLookupOne(*path, *handle) {
    b2hOnlyHandle(*path, *handle);
}

msiPidLookupKey(*key, *value, *handles) {
    msiAddKeyVal(*query, *key, *value);
    msiB2hSearch(*query, *found);
    b2hNames(*found, *handles);
}

b2hOnlyHandle(*path, *handle) {
    msiPidLookup(*path, *handles);
    if (size(*handles) == 0) {
        failmsg(-176000, "No Handle points to *path.");
    }
    if (size(*handles) > 1) {
        failmsg(-1090000, "Several Handles point to *path.");
    }
    *handle = elem(*handles, 0);
}

# The names in a JSON array, which every second quote begins or ends.
b2hNames(*json, *names) {
    *names = list();
    *inside = false;
    foreach (*part in split(*json, '"')) {
        if (*inside) {
            *names = cons(*part, *names);
        }
        *inside = !*inside;
    }
}
