#!/bin/sh
# The microservices on a running iRODS, as whoever the environment of the icommands logs in. Writes one Handle and
# deletes it. Says SKIPPED where there is no server.
set -eu
skip() {
    echo "SKIPPED irods-live-server: $1"
    exit 0
}
command -v irule >/dev/null || skip "irule is not installed"
ils >/dev/null 2>&1 || skip "no server answers; run iinit first"

# rule TEXT: what the rule writes to its output.
rule() {
    irule -r irods_rule_engine_plugin-irods_rule_language-instance "$1" null ruleExecOut
}
expect() {
    if [ "$2" != "$3" ]; then
        echo "$1: $2, and not $3" >&2
        exit 1
    fi
}
report=$(rule '{ msiB2hCheck(*r); writeLine("stdout", *r); }')
echo "$report"
id="id:live-test/$(date +%s)-$$"
pid=$(rule "{ msiB2hRegister(\"$id\", '{\"URL\": \"https://example.org/live-test\"}', *h); writeLine('stdout', *h); }")
again=$(rule "{ msiB2hRegister(\"$id\", '{\"URL\": \"https://example.org/live-test\"}', *h); writeLine('stdout', *h); }")
expect "registered again" "$again" "$pid"
url=$(rule "{ *v = ''; msiB2hGet('$pid', 'URL', *v); writeLine('stdout', *v); }")
expect URL "$url" https://example.org/live-test
code=$(rule "{ *c = errorcode(msiB2hUnset('$pid', 'NO-SUCH-TYPE')); writeLine('stdout', *c); }")
expect "a type that is not there" "$code" -313000
rule "{ msiB2hDelete('$pid'); }"
code=$(rule "{ *c = errorcode(msiB2hGet('$pid', 'URL', *v)); writeLine('stdout', *c); }")
expect "a Handle that is gone" "$code" -176000
echo "irods-live-server: passed"
