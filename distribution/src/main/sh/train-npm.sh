#!/bin/sh
# train-npm.sh IMAGE: writes the list of npm's commands for the launcher, and keeps the classes of an install in an ahead-of-time cache.
set -eu
image=$1
cache=$image/cache/npm.aot
rm -f "$cache" "$image/etc/npm-commands"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The launcher takes this word for a command of npm; the property turns the run into a listing.
echo install > "$work/words"
cp "$work/words" "$image/etc/npm-commands"
NODULE_JAVA_OPTIONS=-Dnodule.npm.list-commands=true "$image/bin/nodule" install > "$work/words"
mkdir -p "$work/part/package" "$work/project"
echo '{"name":"part","version":"1.0.0"}' > "$work/part/package/package.json"
tar -czf "$work/project/part.tgz" -C "$work/part" package
# With a registry an install of real packages, whose connections, archives and hot loops the cache then knows. Without one an archive from
# disk, and a package of a registry that does not answer.
# Trained with the first compiler alone: what it compiled there is compiled as cheaply later. With the second one in training the cache asks
# for profiles that the directives then leave unused, and installs take twice as long. What the second compiler is to have stays interpreted here.
install() {
  rm -rf "$work/project/node_modules" "$work/project/package-lock.json" "$work/cache" "$cache"
  echo "$1" > "$work/project/package.json"
  (cd "$work/project" && shift && HOME=$work NODULE_CACHE=$work/cache NODULE_JAVA_OPTIONS="-XX:TieredStopAtLevel=1 -XX:CompileCommand=exclude,com/sun/crypto/provider/*.* -XX:AOTCacheOutput=$cache" \
    timeout 120 env "$@" "$image/bin/nodule" install >"$work/log" 2>&1) && [ -f "$cache" ]
}
install '{"dependencies":{"part":"file:part.tgz","express":"^5.0.0"}}' npm_config_fetch_retries=0 npm_config_fetch_timeout=20000 ||
  install '{"dependencies":{"part":"file:part.tgz"},"optionalDependencies":{"none":"^1.0.0"}}' npm_config_registry=http://127.0.0.1:9/ npm_config_fetch_retries=0 ||
  { cat "$work/log" >&2; rm -f "$cache"; }
cp "$work/words" "$image/etc/npm-commands"
(cd "$work/project" && HOME=$work NODULE_CACHE=$work/cache "$image/bin/nodule" ls >/dev/null 2>&1) || rm -f "$cache"
[ -f "$cache" ]
