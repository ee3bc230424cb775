#!/bin/sh
# Makes the AOT cache (JEP 483, 514): a short training run that starts a server, uses it, stops it.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
. "$home/scripts/jdk.sh"
find_jdk
dist="$home/cli/target/dist"
export ROCKSDB_MUSL_LIBC=false
rm -f "$dist/tiphys.aot"
# shellcheck disable=SC2086 # options are words
"$JAVA_HOME/bin/java" $JVM_FLAGS -XX:AOTCacheOutput="$dist/tiphys.aot" -Xlog:aot=off -Xlog:cds=off \
  -cp "$dist/lib/*" io.tiphys.cli.Training >/dev/null 2>&1 || true
[ -f "$dist/tiphys.aot" ] || echo "tiphys: no AOT cache could be made; starting will take longer" >&2
