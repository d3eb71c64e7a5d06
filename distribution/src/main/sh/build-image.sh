#!/bin/sh
# build-image.sh IMAGE JDK [REGISTRY [TRAINING]]: makes the folder IMAGE, whose lib/ holds all jars by now, a distribution that needs no Java:
#   bin/nodule  launcher      java/  trimmed Java runtime      jit/  the Graal compiler      lib/  everything else
#   native/     libraries that are loaded as files
#   etc/        built-in npm configuration and compiler directives      cache/  ahead-of-time caches, named by a hash of the jars
set -eu
image=$1 jdk=$2 registry=${3:-} training=${4:-true}
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
# The compiler is a named module that replaces the JDK's empty stub: it must not lie on the class path.
# A cache of other jars than these would run old classes, or crash.
rm -rf "$image/etc/built" "$image/cache"
mkdir -p "$image/cache"
mkdir -p "$image/jit" "$image/bin" "$image/etc"
for jar in compiler truffle-compiler collections word; do
  for found in "$image/lib/$jar"-[0-9]*.jar; do
    [ -f "$found" ] && mv -f "$found" "$image/jit/"
  done
done
"$jdk/bin/java" -XX:TieredStopAtLevel=1 "$here/../../build/java/UnsignedJars.java" "$image/lib"
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.management,jdk.unsupported,jdk.internal.vm.ci,jdk.jfr,jdk.crypto.ec,jdk.zipfs,jdk.net,jdk.httpserver,jdk.management.agent,jdk.jartool
if [ ! -x "$image/java/bin/java" ] || [ "$(cat "$image/java/modules.txt" 2>/dev/null)" != "$modules $jdk" ]; then
  rm -rf "$image/java"
  # It writes what it iterates over in sets of Set.of, whose order changes from run to run, but not while the JVM records for a cache.
  "$jdk/bin/jlink" -J-XX:AOTMode=record -J-XX:AOTConfiguration="$image/cache/jlink.conf" -J-Xlog:disable -J-Xlog:all=off --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress zip-2 --output "$image/java" >/dev/null
  rm -f "$image/cache/jlink.conf"
  echo "$modules $jdk" > "$image/java/modules.txt"
fi
# The library in a provider's jar becomes a file, without its symbols: it is not unpacked at each start. The jar is no longer the signed one then, whose
# classes no ahead-of-time cache takes, and whose digests the JVM would check while it loads them.
unpack_natives() {
  jar=$1 natives=$2 strip=$3
  [ -f "$jar" ] && "$jdk/bin/jar" --list --file "$jar" | grep -q '\.so$' || return 0
  mkdir -p "$natives" "$image/unpacked"
  (
    cd "$image/unpacked"
    "$jdk/bin/jar" --extract --file "$jar"
    find . -name '*.so' -exec mv -f {} "$natives/" \;
    sed -n -e 's/\r$//' -e '/^$/q' -e p META-INF/MANIFEST.MF > manifest
    rm -f META-INF/MANIFEST.MF META-INF/*.SF META-INF/*.RSA module-info.class
    find com META-INF -type f | LC_ALL=C sort > list
    "$jdk/bin/jar" --create --file "$jar" --manifest manifest --date 2026-01-01T00:00:00Z @list
  )
  rm -rf "$image/unpacked"
  command -v "$strip" >/dev/null 2>&1 && "$strip" --strip-unneeded "$natives"/*.so || :
}
case $(uname -m) in aarch64) cross= ;; *) cross=aarch64-linux-gnu- ;; esac
for jar in "$image"/lib/AmazonCorrettoCryptoProvider-*.jar; do unpack_natives "$jar" "$image/native" strip; done
for jar in "$image"/builder/linux-arm64/AmazonCorrettoCryptoProvider-*.jar; do unpack_natives "$jar" "$image/builder/linux-arm64/native" "${cross}strip"; done
cp "$here/launcher.sh" "$image/bin/nodule"
cp "$here/compiler-directives.json" "$image/etc/"
chmod +x "$image/bin/nodule"
for name in node npm npx; do ln -sf nodule "$image/bin/$name"; done
# As npm's packagers do: the public registry is configuration of the build, not of the source.
if [ -z "$registry" ] && command -v npm >/dev/null 2>&1; then
  registry=$(npm config get registry --loglevel=silent 2>/dev/null || true)
fi
case $registry in http*) printf 'registry=%s\n' "$registry" > "$image/etc/npmrc" ;; *) : > "$image/etc/npmrc" ;; esac
# Nodule's own first: resources are looked for in this order, and a large jar whose classes come from the cache is never opened.
(cd "$image" && { LC_ALL=C ls lib/nodule-*.jar; LC_ALL=C ls lib/*.jar | grep -v '^lib/nodule-'; } | tr '\n' ':') > "$image/etc/classpath"
(cd "$image" && ls jit/*.jar | LC_ALL=C sort | tr '\n' ':') > "$image/etc/jitpath"
(cd "$image" && ls lib/nodule-npm-resolver-*.jar lib/nodule-json-*.jar lib/nodule-console-*.jar lib/jackson-core-*.jar lib/commons-*.jar lib/AmazonCorrettoCryptoProvider-*.jar | LC_ALL=C sort | tr '\n' ':') > "$image/etc/npm-classpath"
# Builds of one commit are the same, and an archive keeps the times by which the caches know their jars.
find "$image" -exec touch -h -d "@$(sh "$here/source-date.sh")" {} +
if [ "$training" = true ]; then
  sh "$here/train-npm.sh" "$image" || echo "nodule: the ahead-of-time cache of the npm commands could not be made" >&2
  sh "$here/train.sh" "$image" || echo "nodule: the ahead-of-time cache could not be made; starts will be slower" >&2
fi
date -u > "$image/etc/built"
