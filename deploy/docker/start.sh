#!/bin/sh
# Starts the service as the container's first process. SWITCHBOARD_JVM_OPTIONS comes after jvm.options and overrides it.
# shellcheck disable=SC2086 # the options are several words
exec java @jvm.options ${SWITCHBOARD_JVM_OPTIONS:-} @start.options
