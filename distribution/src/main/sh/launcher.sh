#!/bin/sh
# The nodule command. Nothing is started but the JVM: every process here would cost a millisecond or more.
self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=${self%/*}/$link ;; esac
done
case $self in */*) bin=${self%/*} ;; *) bin=$(dirname "$(command -v "$self")") ;; esac
home=$(CDPATH= cd -- "$bin/.." && pwd -P)
# npm's commands and those for running processes need no engine: they get a JVM that starts faster without one.
lean() {
  main=$1; shift
  IFS= read -r npm_path < "$home/etc/npm-classpath" || :
  [ -f "$home/cache/npm.aot" ] && npm_cache="-XX:AOTCache=$home/cache/npm.aot -Xlog:disable -Xlog:all=off"
  npm_full= npm_rest=$npm_path
  while [ -n "$npm_rest" ]; do npm_full=$npm_full$home/${npm_rest%%:*}: npm_rest=${npm_rest#*:}; done
  exec "$home/java/bin/java" ${npm_cache:-} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
    -Dnodule.home="$home" -Dfile.encoding=UTF-8 ${NODULE_JAVA_OPTIONS:-} -cp "${npm_full%:}" "$main" "$@"
}
if [ "${0##*/}" != node ]; then
  case "${1:-.} ${2:-.}" in
    ps\ * | modules\ * | swap\ * | rollback\ * | history\ * | top\ * | new\ module | stop\ [0-9]* | start\ [0-9]*) lean dev.nodule.console.AdminMain "$@" ;;
  esac
fi
npm_words=
[ "${0##*/}" = node ] || [ $# -eq 0 ] || [ ! -f "$home/etc/npm-commands" ] || IFS= read -r npm_words < "$home/etc/npm-commands" || :
case " $npm_words " in
  *" ${1:-.} "*) lean dev.nodule.npm.NpmMain "$@" ;;
esac
IFS= read -r class_path < "$home/etc/classpath" || :
IFS= read -r jit_path < "$home/etc/jitpath" || :
# Relative entries of the two lists lie in the distribution.
expand() {
  expanded= rest=$1
  while [ -n "$rest" ]; do
    expanded=$expanded$home/${rest%%:*}: rest=${rest#*:}
  done
}
expand "$class_path"; class_path=${expanded%:}
expand "$jit_path"; jit_path=${expanded%:}
jit="-XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI -XX:-UseJVMCICompiler --add-modules=jdk.graal.compiler"
cache=
[ -f "$home/cache/nodule.aot" ] && cache="-XX:AOTCache=$home/cache/nodule.aot -Xlog:disable -Xlog:all=off"
# The JVM does not start in a directory that was removed. Node.js does; process.cwd() throws there.
gone=
[ . -ef "$PWD" ] || { gone=$(readlink /proc/self/cwd); cd /; }
exec "$home/java/bin/java" $cache -XX:+UseSerialGC -XX:MetaspaceSize=128m -XX:-UsePerfData -Xss1m \
  -XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput -XX:CompilerDirectivesFile="$home/etc/compiler-directives.json" \
  $jit -p "$jit_path" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Dnodule.home="$home" -Dnodule.exec="$home/bin/nodule" -Dnodule.name="${0##*/}" -Dfile.encoding=UTF-8 ${gone:+"-Duser.dir=$gone"} ${NODULE_JAVA_OPTIONS:-} \
  -cp "$class_path" dev.nodule.launcher.Main "$@"
