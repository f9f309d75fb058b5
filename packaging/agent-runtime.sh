# The Java runtime that the agent brings along, and its archive of classes. Sourced by bash after lib.sh.

# What the agent's libraries use; netty asks java.naming, and java.management for its own pid, jackson java.xml.
agent_modules=java.base,java.logging,java.management,java.naming,java.xml,jdk.net,jdk.unsupported

# Makes the runtime in folder $1 unless it is there, made from this JDK and in this way.
build_runtime() {
  local made_from=$1/made-from security=$1/conf/security/java.security
  if [ -e "$made_from" ] && cmp -s "$made_from" <(runtime_source); then
    return
  fi
  say "build   a Java runtime for the agent"
  rm -rf "$1"
  "$JAVA_HOME/bin/jlink" --add-modules $agent_modules --strip-java-debug-attributes --no-header-files --no-man-pages --output "$1" ||
    fail "jlink failed"
  # A provider that is listed but missing is looked for on the class path: 650 classes of another one get loaded.
  sed -i -E '/^security\.provider\.[0-9]+=(SunJGSS|SunSASL|XMLDSig|SunPCSC|JdkLDAP|JdkSASL|SunPKCS11)$/d' "$security"
  # They count from one, without a gap.
  awk '/^security\.provider\.[0-9]+=/ { sub(/\.[0-9]+=/, "." ++n "=") } { print }' "$security" >"$security.new"
  mv "$security.new" "$security"
  "$1/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xshare:dump >/dev/null 2>&1 || fail "the runtime's class archive was not made"
  runtime_source >"$made_from"
}

runtime_source() { cat "$JAVA_HOME/release" "$root/packaging/agent-runtime.sh"; }

# Unpacks the libraries with native code out of the jar files in folder $1 into its folder native. Those that unpack
# themselves at each start leave nothing that could be looked at: they are deleted as soon as they are loaded, and then
# libffi writes code of its own into a temporary file.
unpack_native() {
  mkdir -p "$1/native"
  (
    cd "$1/native"
    for jar in ../jna-[0-9]*.jar ../netty-tcnative-boringssl-static-*-linux-x86_64.jar; do
      [ ! -e "$jar" ] || "$JAVA_HOME/bin/jar" xf "$jar" com/sun/jna/linux-x86-64 META-INF/native
    done
    find . -mindepth 2 -name '*.so' -exec mv {} . \;
    rm -rf com META-INF
  )
}

# Java finds what unpack_native made in folder $1 by these options.
native_options() { printf '%s\n' "-Djava.library.path=$1/native" "-Djna.boot.library.path=$1/native" -Djna.nounpack=true; }

# The jar files of folder $1 in the order that the archive of classes remembers.
class_path() { (LC_ALL=C; set -- "$1"/*.jar; IFS=:; printf '%s' "$*"); }

# What an archive of classes depends on; folder $1 holds the jar files.
archive_source() {
  cat "$root/packaging/agent.jvmoptions"
  runtime_source
  (LC_ALL=C; stat -c '%n %s %Y' "$1"/*.jar)
}

# Makes archive $1 out of what a training run has recorded into $1.recorded, for the jar files of folder $3, by runtime $2.
build_archive() {
  "$2/bin/java" "@$root/packaging/agent.jvmoptions" -XX:AOTMode=create -XX:AOTConfiguration="$1.recorded" -XX:AOTCache="$1.large" \
    -cp "$(class_path "$3")" || return 1
  # Written in one piece, the page cache holds it in pieces of up to 2 MiB, and a touch maps a whole piece: 8 MiB.
  dd if="$1.large" of="$1" bs=4k status=none
  rm -f "$1.large" "$1.recorded"
}
