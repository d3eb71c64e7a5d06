#!/bin/sh
# train.sh IMAGE: runs the programs of ../train once and keeps the classes that they loaded in an ahead-of-time cache.
# A cache is tried before it is kept: with classes in it that were loaded but not linked when the training ended, JDK 25 crashes at start.
set -eu
image=$1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
cache=$image/cache/nodule.aot
# The packages of the training program lie beside the image; without a registry it trains on the core modules alone.
work=${image%/}-training
mkdir -p "$work"
cp "$here/../train/package.json" "$work/"
[ -d "$work/node_modules" ] || "$image/bin/nodule" install --prefix "$work" >"$work/install.log" 2>&1 || true

# In two steps: the JVM's own second step would be a process without the launcher's descriptor of the distribution.
train() {
  rm -f "$cache" "$cache.recorded"
  NODULE_JAVA_OPTIONS="-XX:AOTMode=record -XX:AOTConfiguration=$cache.recorded -XX:CompilerDirectivesFile= $*" \
    timeout 150 sh -c 'cd "$1" && exec "$2" "$3"' - "$work" "$image/bin/nodule" "$here/../train/train.js" >"$image/cache/train.log" 2>&1 || return 1
  [ -f "$cache.recorded" ] || return 1
  NODULE_JAVA_OPTIONS="-XX:AOTMode=create -XX:AOTConfiguration=$cache.recorded -XX:AOTCache=$cache -XX:CompilerDirectivesFile= $*" \
    timeout 150 "$image/bin/nodule" "$here/../train/train.js" >>"$image/cache/train.log" 2>&1 || :
  rm -f "$cache.recorded"
  [ -f "$cache" ]
}

works() {
  (cd "$image/cache" && ulimit -c 0 && NODULE_JAVA_OPTIONS=-XX:ErrorFile=/dev/null "$image/bin/nodule" -p 40+2 2>/dev/null | grep -qx 42)
}

for attempt in 1 2 3; do
  train && works && works && exit 0
done
train -XX:-AOTClassLinking && works && exit 0
rm -f "$cache"
exit 1
