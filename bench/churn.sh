#!/bin/bash
# churn.sh [MINUTES]: creates 5,000 ConfigMaps of about 1 KiB, lists and deletes them, again and again, and prints
# the server's resident memory and the size of its store, which must both stay level. Needs what api.sh needs.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
end=$(($(date +%s) + 60 * ${1:-10}))
port=${TIPHYS_BENCH_PORT:-17444}
work=$(mktemp -d)
url="https://127.0.0.1:$port"
configmaps="$url/api/v1/namespaces/default/configmaps"
auth="Authorization: Bearer bench-token"
json="Content-Type: application/json"
echo 'bench-token,bench,bench,"system:masters"' >"$work/tokens.csv"
printf '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"cm-"},"data":{"k":"%s"}}' \
  "$(printf 'x%.0s' $(seq 900))" >"$work/create.json"
"$home/tiphys" server --data-dir "$work/data" --bind-address 127.0.0.1 --api-port "$port" \
  --token-auth-file "$work/tokens.csv" >"$work/log" 2>&1 &
server=$!
trap 'kill $server; wait $server || true; rm -rf "$work"' EXIT
until curl -skf "$url/readyz" >/dev/null; do
  kill -0 "$server" || { cat "$work/log"; exit 1; }
  sleep 0.1
done
round=0
while [ "$(date +%s)" -lt "$end" ]; do
  h2load -n 5000 -c 8 -m 8 -H "$auth" -H "$json" -d "$work/create.json" "$configmaps" >/dev/null
  curl -sk -H "$auth" -o /dev/null "$configmaps"
  curl -sk -H "$auth" -o /dev/null -X DELETE "$configmaps"
  round=$((round + 1))
  [ $((round % 5)) -ne 0 ] || echo "round $round: resident $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$server/status") MB, store $(du -sm "$work/data/store" | cut -f1) MB"
done
