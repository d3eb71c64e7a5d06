#!/bin/sh
# pack.sh IMAGE ARCHIVE: packs the distribution's folder as a tar.gz whose bytes depend on the files' content alone.
set -eu
image=$1 archive=$2
# The time of all files, as in the jars. The cache knows its jars by their times: so they are set before it is made (build-image.sh).
time=@$(sh "$(dirname -- "$0")/source-date.sh")
tar --sort=name --format=gnu \
  --owner=root:0 --group=root:0 --mode=u=rwX,go=rX --mtime="$time" \
  --exclude="${image##*/}/cache/*.log" --exclude="${image##*/}/etc/built" -C "${image%/*}" -cf - "${image##*/}" | gzip -n -6 > "$archive.part"
mv -f "$archive.part" "$archive"
