#!/usr/bin/env bash
# Drops one row security policy after the other and shows that a test fails each time; see docs/testing.md.
# usage: docs/drop-each-policy.sh [SCHEMA …]      (auth crm voice audit unless said)
set -euo pipefail
cd "$(dirname "$0")/.."

./mvnw -B -q -DskipTests install -pl service-kit -am >/dev/null
unnoticed=0
for schema in "${@:-auth crm voice audit}"; do
    for one in $schema; do
        ./mvnw -B -q -pl "$one-service" test-compile >/dev/null
        policies=$(cat "$one-service"/src/main/resources/db/*/*.sql service-kit/src/main/resources/db/kit/*.sql |
            sed -n 's/^create policy \([a-z_]*\) on \([a-z_]*\).*/\2:\1/p' | sort -u)
        for policy in $policies; do
            table=${policy%%:*}
            # The kit's tables are not in every service.
            if [ -f "$one-service/src/main/resources/db/changelog.yaml" ] &&
                ! grep -lq "create table $table " "$one-service"/src/main/resources/db/*/*.sql 2>/dev/null &&
                ! grep -l "create table $table " service-kit/src/main/resources/db/kit/*.sql |
                    xargs -n1 basename | grep -qFf - "$one-service/src/main/resources/db/changelog.yaml"; then
                continue
            fi
            if ./mvnw -B -q -pl "$one-service" surefire:test -Dtest=SchemaTest \
                -Dswitchboard.test.drop-policy="$one.$policy" >/dev/null 2>&1; then
                echo "NOT NOTICED  $one.$policy"
                unnoticed=$((unnoticed + 1))
            else
                echo "noticed      $one.$policy"
            fi
        done
    done
done
echo "$unnoticed policies could be dropped without a test failing"
[ "$unnoticed" -eq 0 ]
