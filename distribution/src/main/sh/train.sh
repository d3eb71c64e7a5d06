#!/bin/sh
# train.sh IMAGE: runs the programs of ../train once and keeps the classes that they loaded in an ahead-of-time cache.
set -eu
image=$1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
NODULE_JAVA_OPTIONS="-XX:AOTCacheOutput=$image/cache/nodule.aot -XX:CompilerDirectivesFile=" \
  timeout 300 "$image/bin/nodule" "$here/../train/train.js" >"$image/cache/train.log" 2>&1
[ -f "$image/cache/nodule.aot" ]
