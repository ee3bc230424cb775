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
configmaps="$url/api/v1/namespaces/bench/configmaps"
auth="Authorization: Bearer bench-token"
json="Content-Type: application/json"

stop() {
  kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
  rm -rf "$work"
}

echo 'bench-token,bench,bench,"system:masters"' >"$work/tokens.csv"
printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"cm-","labels":{"app":"load"}},"data":{"k":"%s"}}' \
  "$(printf 'x%.0s' $(seq 900))" >"$work/create.json"
sed 's/"generateName":"cm-"/"name":"one"/' "$work/create.json" >"$work/one.json"

started=$(date +%s%N)
"$home/tiphys" server --data-dir "$work/data" --bind-address 127.0.0.1 --api-port "$port" \
  --token-auth-file "$work/tokens.csv" >"$work/log" 2>&1 &
server=$!
trap stop EXIT
until curl -skf "$url/readyz" >/dev/null; do
  kill -0 "$server" || { cat "$work/log"; exit 1; }
  sleep 0.02
done
echo "start to ready, first start: $((($(date +%s%N) - started) / 1000000)) ms"

resident() {
  echo "resident memory $1: $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$server/status") MB"
}
load() { # load NAME h2load arguments
  name=$1
  shift
  h2load -H "$auth" "$@" | awk -v name="$name" '
    /^finished in/ { rate = $4 " req/s, " $6 }
    /^status codes/ { codes = $3 " 2xx, " $5 " 3xx, " $7 " 4xx, " $9 " 5xx" }
    /^time for request/ { time = "min " $4 ", max " $5 ", mean " $6 }
    END { printf "%s: %s (%s; %s)\n", name, rate, codes, time }'
}

resident "after start"
curl -sk -o /dev/null -H "$auth" -H "$json" -d '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"bench"}}' "$url/api/v1/namespaces"
curl -sk -o /dev/null -H "$auth" -H "$json" -d @"$work/one.json" "$configmaps"
for round in cold warm; do
  load "create, $round" -n "$n" -c $connections -m $streams -d "$work/create.json" -H "$json" "$configmaps"
  load "get, $round" -n "$((n * 2))" -c $connections -m $streams "$configmaps/one"
done
load "update" -n "$n" -c $connections -m $streams -d "$work/one.json" -H ":method: PUT" -H "$json" "$configmaps/one"
resident "after writes"
objects=$(curl -sk -H "$auth" "$configmaps?limit=1" | grep -o '"remainingItemCount":[0-9]*' | cut -d: -f2)
echo "objects in a list: $((objects + 1))"
load "list, resourceVersion=0" -n 60 -c 2 -m 1 "$configmaps?resourceVersion=0"
load "list, consistent" -n 60 -c 2 -m 1 "$configmaps"
"$JAVA_HOME/bin/java" "$home/bench/WatchLoad.java" "$configmaps" bench-token 200 1000
resident "at the end"
