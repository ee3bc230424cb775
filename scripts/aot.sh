#!/bin/sh
# Makes the AOT cache (JEP 483, 514, 515): a short training run that starts a server, uses it, stops it.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
. "$home/scripts/jdk.sh"
find_jdk
dist="$home/cli/target/dist"
export ROCKSDB_MUSL_LIBC=false
rm -f "$dist/tiphys.aot"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$JAVA_HOME/bin/java" "$home/scripts/PrepareJars.java" "$dist/lib"
# shellcheck disable=SC2086 # options are words
"$JAVA_HOME/bin/java" $JVM_FLAGS -XX:AOTCacheOutput="$dist/tiphys.aot" -Xlog:aot=off -Xlog:cds=off \
  -cp "$dist/lib/*" io.tiphys.cli.Training "$work" >"$work/log" 2>&1 || cat "$work/log" >&2
[ -f "$dist/tiphys.aot" ] || echo "tiphys: no AOT cache could be made; starting will take longer" >&2
