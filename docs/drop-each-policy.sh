#!/usr/bin/env bash
# Drops one row security policy after the other and shows that a test fails each time; see docs/testing.md.
# usage: docs/drop-each-policy.sh [SCHEMA …]      (auth crm voice audit unless said; some minutes each)
set -euo pipefail
cd "$(dirname "$0")/.."

./mvnw -B -q -DskipTests install -pl service-kit -am
unnoticed=0
for schema in ${@:-auth crm voice audit}; do
    ./mvnw -B -q -pl "$schema-service" test-compile
    for number in $(seq 1 1000); do
        outcome=noticed
        output=$(./mvnw -B -pl "$schema-service" surefire:test -Dtest=SchemaTest \
            -Dswitchboard.test.drop-policy="$number" 2>&1) && outcome="NOT NOTICED"
        # Without a policy of that number nothing was dropped, and the end is reached.
        dropped=$(grep -m 1 '^dropped ' <<<"$output") || break
        echo "$outcome: ${dropped#dropped }"
        [ "$outcome" = noticed ] || unnoticed=$((unnoticed + 1))
    done
done
echo "$unnoticed policies could be dropped without a test failing"
[ "$unnoticed" -eq 0 ]
