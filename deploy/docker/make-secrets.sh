#!/bin/sh
# Makes the random secrets that docker-compose.yml mounts. Existing files stay as they are.
#   deploy/docker/make-secrets.sh [folder]      default: deploy/docker/secrets
set -eu

folder=${1:-$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)/secrets}
mkdir -p "$folder"
# Other users cannot enter the folder. The files are readable because each container reads them as a different user.
chmod 700 "$folder"

# keep NAME CONTENT: writes the file whole or not at all
keep() {
    if [ -f "$folder/$1" ]; then return; fi
    printf '%s' "$2" >"$folder/$1.new"
    chmod 644 "$folder/$1.new"
    mv "$folder/$1.new" "$folder/$1"
}

key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
password() { key | tr '+/' '-_' | tr -d '='; }

# A Tink keyset with one AES256-GCM key: field 3 of AesGcmKey, 32 bytes.
keyset() {
    id=$(($(od -An -N4 -tu4 /dev/urandom | tr -d ' ') % 2147483647 + 1))
    value=$({ printf '\032\040' && head -c 32 /dev/urandom; } | base64 | tr -d '\n')
    printf '{"primaryKeyId":%s,"key":[{"keyData":{"typeUrl":"type.googleapis.com/google.crypto.tink.AesGcmKey",' "$id"
    printf '"value":"%s","keyMaterialType":"SYMMETRIC"},' "$value"
    printf '"status":"ENABLED","keyId":%s,"outputPrefixType":"TINK"}]}' "$id"
}

# An Ed25519 key as PKCS#8 in PEM: the structure is always the same, the last 32 bytes are the key.
signing_key() {
    der=$({ printf '\060\056\002\001\000\060\005\006\003\053\145\160\004\042\004\040' && head -c 32 /dev/urandom; } | base64 | tr -d '\n')
    printf -- '-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n' "$der"
}

keep postgres "$(password)"
keep pin-pepper "$(key)"
keep operator "$(password)"
keep audit-signing-key.pem "$(signing_key)"
for schema in auth crm voice audit; do
    keep "role-${schema}_owner" "$(password)"
    keep "role-${schema}_app" "$(password)"
    keep "client-$schema-service" "$(password)"
    keep "hmac-$schema-service" "$(key)"
    keep "seal-$schema-service.json" "$(keyset)"
done
echo "The secrets are in $folder"
