#!/usr/bin/env bash
# Exits 0 when this container's service is ready. Uses bash's /dev/tcp, as the image has neither curl nor wget. Without
# QUARKUS_MANAGEMENT_PORT the port comes from the service's own defaults.
set -eu
defaults=$(dirname -- "$0")/defaults.properties
port=${QUARKUS_MANAGEMENT_PORT:-$(sed -n 's/^quarkus\.management\.port=//p' "$defaults")}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /q/health/ready HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
