#!/bin/bash
# api.sh [N]: starts a server of its own on loopback and loads it with N creates, 2N gets, lists, updates and
# watches of ConfigMaps of about 1 KiB over TLS and HTTP/2, authenticated by token, RBAC and admission on.
# Prints a line for each. Needs h2load (Debian: nghttp2-client), curl and a built ./tiphys.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
. "$home/scripts/jdk.sh"
find_jdk
n=${1:-10000}
connections=8
streams=8
port=${TIPHYS_BENCH_PORT:-17443}
work=$(mktemp -d)
url="https://127.0.0.1:$port"
configmaps() { echo "$url/api/v1/namespaces/$1/configmaps"; }
auth="Authorization: Bearer bench-token"
json="Content-Type: application/json"

echo 'bench-token,bench,bench,"system:masters"' >"$work/tokens.csv"
printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"cm-","labels":{"app":"load"}},"data":{"k":"%s"}}' \
  "$(printf 'x%.0s' $(seq 900))" >"$work/create.json"
sed 's/"generateName":"cm-"/"name":"one"/' "$work/create.json" >"$work/one.json"

stop() {
  kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
}
start() { # start NAME
  started=$(date +%s%N)
  "$home/tiphys" server --data-dir "$work/data" --bind-address 127.0.0.1 --api-port "$port" \
    --token-auth-file "$work/tokens.csv" >"$work/log" 2>&1 &
  server=$!
  until curl -skf "$url/readyz" >/dev/null; do
    kill -0 "$server" || { cat "$work/log"; exit 1; }
    sleep 0.02
  done
  echo "start to ready, $1: $((($(date +%s%N) - started) / 1000000)) ms, CPU $(($(ticks) * 10)) ms"
}
resident() {
  echo "resident memory $1: $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$server/status") MB"
}
ticks() { # the server's CPU time, user and system, in 1/100 s
  awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$server/stat"
}
load() { # load NAME COUNT h2load arguments
  name=$1
  count=$2
  shift 2
  before=$(ticks)
  h2load -H "$auth" -n "$count" "$@" >"$work/load"
  awk -v name="$name" -v cpu=$((($(ticks) - before) * 10000)) -v count="$count" '
    /^finished in/ { rate = $4 " req/s, " $6 }
    /^status codes/ { codes = $3 " 2xx, " $5 " 3xx, " $7 " 4xx, " $9 " 5xx" }
    /^time for request/ { time = "min " $4 ", max " $5 ", mean " $6 }
    END { printf "%s: %s (%s; %s), server CPU %.0f us/req\n", name, rate, codes, time, cpu / count }' "$work/load"
}

trap 'stop; rm -rf "$work"' EXIT
start "first start"
stop
start "second start"
resident "after start"
for namespace in one cold warm hot; do
  curl -sk -o /dev/null -H "$auth" -H "$json" "$url/api/v1/namespaces" \
    -d '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"'$namespace'"}}'
done
one="$(configmaps one)/one"
curl -sk -o /dev/null -H "$auth" -H "$json" -d @"$work/one.json" "$(configmaps one)"
for round in cold warm hot; do
  load "create, $round" "$n" -c $connections -m $streams -d "$work/create.json" -H "$json" "$(configmaps $round)"
  load "get, $round" "$((n * 2))" -c $connections -m $streams "$one"
done
load "update" "$n" -c $connections -m $streams -d "$work/one.json" -H ":method: PUT" -H "$json" "$one"
resident "after writes"
echo "objects in a list: $(curl -sk -H "$auth" "$(configmaps hot)" | grep -o '"uid"' | wc -l)"
load "list, resourceVersion=0" 60 -c 2 -m 1 "$(configmaps hot)?resourceVersion=0"
load "list, consistent" 60 -c 2 -m 1 "$(configmaps hot)"
"$JAVA_HOME/bin/java" "$home/bench/WatchLoad.java" "$(configmaps one)" bench-token 200 1000
resident "at the end"
