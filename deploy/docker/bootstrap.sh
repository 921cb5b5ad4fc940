#!/bin/sh
# Runs bootstrap.sql with psql; the roles' passwords come from files, so that no command line shows them.
# Wants PGHOST, PGUSER and PGDATABASE; SECRETS is the folder of the files (default /run/secrets).
set -eu

secrets=${SECRETS:-/run/secrets}
script=${SCRIPT:-/bootstrap.sql}
PGPASSWORD=$(cat "$secrets/postgres")
export PGPASSWORD

{
    for role in auth_owner auth_app crm_owner crm_app voice_owner voice_app audit_owner audit_app; do
        printf '\\set password `cat "%s/role-%s"`\n' "$secrets" "$role"
        printf "select set_config('switchboard.%s_password', :'password', false) \\\\g /dev/null\n" "$role"
    done
    printf '\\i %s\n' "$script"
} | psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1
