# For bench/run and bench/attack: finds Java, and builds what is older than its sources. They set $root before.

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

find_java() {
    local java=${JAVA_HOME:+$JAVA_HOME/bin/java}
    java=${java:-$(command -v java || :)}
    [ -n "$java" ] && [ -x "$java" ] || fail "There is no java. Switchboard needs a JDK 17 or newer."
    printf '%s' "$java"
}

jar_of() {
    case $1 in
        local | bench) printf '%s' "$root/$1/target/switchboard-$1.jar" ;;
        *) printf '%s' "$root/$1/target/quarkus-app/quarkus-run.jar" ;;
    esac
}

# Older than its own sources, the kit's, search's and audit-verify's, or the poms?
is_stale() {
    local mark
    mark=$(jar_of "$1")
    [ -f "$mark" ] || return 0
    [ -n "$(find "$root/pom.xml" "$root/$1/pom.xml" "$root/$1/src/main" "$root/service-kit/pom.xml" \
        "$root/service-kit/src/main" "$root/search/pom.xml" "$root/search/src/main" \
        "$root/audit-verify/pom.xml" "$root/audit-verify/src/main" -newer "$mark" -print -quit)" ]
}

build_what_is_stale() {
    local module stale=
    for module in auth-service crm-service voice-service audit-service local bench; do
        if is_stale "$module"; then stale+=" $module"; fi
    done
    [ -n "$stale" ] || return 0
    echo "Building$stale"
    (cd "$root" && ./mvnw -B -q -DskipTests package)
    # Maven may leave a jar alone whose content is the same.
    for module in $stale; do touch "$(jar_of "$module")"; done
}
