# To be sourced: find_jdk sets JAVA_HOME to a JDK of at least version 25, or says what to install.

# ParallelGC costs the least CPU time per request (bench/README.md). It lets the heap grow to its limit before it
# collects long-lived garbage, so the limit decides how much memory a busy server takes; TIPHYS_JVM_OPTIONS=-Xmx4g
# raises it for large clusters. A young generation beyond 128 MB brings no throughput.
JVM_FLAGS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC -Xmx1g \
-XX:MaxNewSize=128m -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData"

jdk_version() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true
}

find_jdk() {
  on_path=$(readlink -f "$(command -v javac 2>/dev/null)" 2>/dev/null || true)
  for jdk in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
    if [ -n "$jdk" ] && [ -x "$jdk/bin/javac" ]; then
      version=$(jdk_version "$jdk")
      if [ "${version:-0}" -ge 25 ]; then
        JAVA_HOME=$jdk
        export JAVA_HOME
        return 0
      fi
    fi
  done
  cat >&2 <<'TEXT'
tiphys: no JDK of version 25 or later found in JAVA_HOME, on the PATH, or under /usr/lib/jvm.
Install one (Debian with the Adoptium repository: apt-get install temurin-25-jdk;
Debian 14 or Ubuntu 26.04: apt-get install openjdk-25-jdk-headless), or set JAVA_HOME to its folder.
TEXT
  return 1
}
