#!/usr/bin/env bash
# Drops each row security policy in turn and shows that a test fails each time; see docs/testing.md.
# usage: docs/drop-each-policy.sh [SCHEMA …]      (default: auth crm voice audit)
set -euo pipefail
cd "$(dirname "$0")/.."

for schema in ${@:-auth crm voice audit}; do
    rm -f "$schema-service/target/dropped-policies.txt"
    ./mvnw -B -q -pl "$schema-service" -am test -Dtest=SchemaTest -Dsurefire.failIfNoSpecifiedTests=false >/dev/null
    cat "$schema-service/target/dropped-policies.txt"
done
