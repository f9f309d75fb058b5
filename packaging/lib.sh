# What up, verify and exonctl share. Sourced by bash; needs `root` (the checkout) to be set.

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

# Exports JAVA_HOME of a JDK 25.
find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -x "$candidate/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  fail "no JDK 25 found: install one (Eclipse Temurin 25, for example) below /usr/lib/jvm, or set JAVA_HOME to it"
}

need_root() {
  [ "$(id -u)" = 0 ] || fail "$1 needs root: the agent loads eBPF programs and reads every process; run it with sudo"
}

# Installs Debian packages that are missing; a machine without apt-get gets the list instead.
need_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || fail "please install: ${missing[*]}"
  say "installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "installing ${missing[*]} failed, the whole output is in $log"
  fi
  rm -f "$log"
}

version() { sed -n 's|.*<version>\(.*\)</version>.*|\1|p' "$root/pom.xml" | head -n 1; }

# Is the process whose pid stands in file $1 alive, and is it ours (class $2 on its command line)?
is_alive() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 1
  [ -n "$pid" ] && { tr '\0' '\n' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qxF "$2"
}
