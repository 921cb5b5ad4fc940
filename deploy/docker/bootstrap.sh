#!/bin/sh
# Runs bootstrap.sql with psql. Passwords come from files, so no command line shows them. psql's \password sends SCRAM
# verifiers, so the server's log does not show the passwords either.
# Needs PGHOST, PGUSER and PGDATABASE. SECRETS is the folder of the files (default /run/secrets).
set -eu

secrets=${SECRETS:-/run/secrets}
script=${SCRIPT:-/bootstrap.sql}
PGPASSWORD=$(cat "$secrets/postgres")
export PGPASSWORD

# Without a terminal (setsid), \password reads the password from the next two lines.
{
    echo "set password_encryption = 'scram-sha-256';"
    for role in auth_owner auth_app crm_owner crm_app voice_owner voice_app audit_owner audit_app; do
        printf "select 'create role %s' where to_regrole('%s') is null \\\\gexec\n" "$role" "$role"
        printf '\\password %s\n' "$role"
        for again in 1 2; do
            tr -d '\r\n' <"$secrets/role-$role"
            echo
        done
    done
    printf '\\i %s\n' "$script"
} | setsid psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1
