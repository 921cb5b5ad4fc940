#!/bin/sh
# Makes an archive of a service's loaded classes; with it a start takes little more than half the time. See
# https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html. Only this java, with these jars in this place, can
# use the archive. Writes start.options into the application's folder:
#   deploy/share-classes.sh crm-service/target/quarkus-app
#   java @deploy/jvm.options @crm-service/target/quarkus-app/start.options
# JVM_OPTIONS names a file to use instead of deploy/jvm.options.
set -eu

jvm_options=${JVM_OPTIONS:-$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)/jvm.options}
app=$(CDPATH= cd -- "$1" && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
archive=$app/classes.jsa

# Classes of Quarkus' own class loader would not be archived, so the jars go on the class path, in Quarkus' order.
class_path=$app/quarkus/transformed-bytecode.jar:$app/quarkus/generated-bytecode.jar
for jar in "$app"/app/*.jar "$app"/lib/boot/*.jar "$app"/lib/main/*.jar; do class_path=$class_path:$jar; done

vm=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.vm.version = //p')

start_options() {
    cat <<OPTIONS
# $vm $app
$1="$archive"
-Djava.util.logging.manager=org.jboss.logmanager.LogManager
--add-opens java.base/java.lang=ALL-UNNAMED
-cp "$class_path"
io.switchboard.kit.migrate.MigrateOrServe
OPTIONS
}

rm -f "$app/start.options" "$archive"
start_options -XX:ArchiveClassesAtExit >"$app/rehearsal.options"
SWITCHBOARD_REHEARSE=only "$java" "@$jvm_options" -Xlog:cds=off -Xlog:cds+dynamic=off "@$app/rehearsal.options"
rm "$app/rehearsal.options"
[ -f "$archive" ]
start_options -XX:SharedArchiveFile >"$app/start.options"
