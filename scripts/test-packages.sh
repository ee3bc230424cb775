#!/bin/sh
# Installs the Debian packages that tests use, where they are missing. kubectl 1.20 is unpacked aside:
# Debian's kubernetes-client must not replace the kubectl that is on the PATH.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
missing=""
need() { # need COMMAND PACKAGE
  command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need mvn maven
need curl curl
need h2load nghttp2-client
need node nodejs
need npm npm
need openssl openssl
if [ -n "$missing" ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >/dev/null
  # shellcheck disable=SC2086 # package names are words
  apt-get install -q -y --no-install-recommends $missing >/dev/null
fi

tools="$home/target/tools"
if [ ! -x "$tools/kubectl-1.20/usr/bin/kubectl" ]; then
  mkdir -p "$tools"
  [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit)" ] || apt-get update -q >/dev/null
  rm -rf "$tools/deb" && mkdir -p "$tools/deb"
  chmod 755 "$tools/deb"
  (cd "$tools/deb" && apt-get download -q kubernetes-client >/dev/null)
  dpkg-deb -x "$tools"/deb/kubernetes-client_*.deb "$tools/kubectl-1.20"
fi
