#!/bin/sh
# train-npm.sh IMAGE: writes the list of npm's commands for the launcher, and keeps what installs load in an ahead-of-time cache.
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
mkdir -p "$work/part/package"
echo '{"name":"part","version":"1.0.0","bin":"part.js","peerDependencies":{"express":"*"}}' > "$work/part/package/package.json"
echo '#!/usr/bin/env node' > "$work/part/package/part.js"
tar -czf "$work/part.tgz" -C "$work/part" package
project() {
  mkdir -p "$work/$1"
  cp "$work/part.tgz" "$work/$1/"
  printf '%s\n' "$2" > "$work/$1/package.json"
}
nodule() {
  (cd "$work" && HOME=$work NODULE_CACHE=$work/full timeout 120 env npm_config_fetch_retries=0 npm_config_fetch_timeout=20000 "$image/bin/nodule" "$@" >>"$work/log" 2>&1)
}
# Every kind of install in one process: from an empty cache over the network, from a full one with and without lock file, with nothing to do.
# What a run loads that the training did not (lambdas above all) is made anew at each start, on the thread that everything waits for.
# Trained with the first compiler alone, as it is used, and without a record of what got compiled: each start would compile all of that again,
# of which a single command needs the smaller part.
train() {
  rm -rf "$work/full" "$work/empty" "$work/warm" "$work/lock" "$work/done" "$work/cold"
  for name in cold warm lock done; do project "$name" "$1"; done
  shift
  nodule install --prefix done "$@" && cp "$work/done/package-lock.json" "$work/lock/" || return 1
  printf '%s\n' "$work/empty install --prefix cold $*" "$work/full install --prefix lock $*" "$work/full install --prefix warm $*" \
    "$work/full install --prefix done $*" "$work/full ci --prefix done $*" "$work/full ls --prefix done" > "$work/lines"
  NODULE_JAVA_OPTIONS="-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -Dnodule.npm.training=$work/lines -XX:AOTCacheOutput=$cache" nodule install && [ -f "$cache" ]
}
# With a registry real packages, whose connections, archives and peers the cache then knows. Without one an archive from disk, and a package of a
# registry that does not answer.
train '{"dependencies":{"part":"file:part.tgz","express":"^5.0.0","eslint-plugin-react":"^7.37.0","eslint":"^9.0.0","core-js":"^3.0.0"},"optionalDependencies":{"fsevents":"^2.3.3"}}' ||
  train '{"dependencies":{"part":"file:part.tgz"},"optionalDependencies":{"none":"^1.0.0"}}' --legacy-peer-deps --registry=http://127.0.0.1:9/ ||
  { cat "$work/log" >&2; rm -f "$cache"; }
cp "$work/words" "$image/etc/npm-commands"
nodule ls --prefix done || rm -f "$cache"
[ -f "$cache" ]
