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
  main=$1 npm_cache=; shift
  IFS= read -r npm_path < "$home/etc/npm-classpath" || :
  [ -f "$home/cache/npm.aot" ] && npm_cache=-XX:AOTCache=$home/cache/npm.aot
  npm_full= npm_rest=$npm_path
  while [ -n "$npm_rest" ]; do npm_full=$npm_full$home/${npm_rest%%:*}: npm_rest=${npm_rest#*:}; done
  # The first compiler alone: these programs are over before the second one pays.
  exec "$home/java/bin/java" ${npm_cache:+"$npm_cache" -Xlog:disable -Xlog:all=off} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
    --enable-native-access=ALL-UNNAMED -Dnodule.home="$home" -Djava.library.path="$home/native" -Dfile.encoding=UTF-8 ${NODULE_JAVA_OPTIONS:-} -cp "${npm_full%:}" "$main" "$@"
}
name=${0##*/} appliance= absent=
# An image of one application (nodule dist) starts it under every name but these.
if [ -f "$home/etc/application" ]; then
  appliance=-Dnodule.appliance=true
  [ ! -f "$home/etc/no-intl" ] || appliance="$appliance -Dnodule.intl=false"
  IFS= read -r absent < "$home/etc/absent" || :
  case $name in
    node | nodule) ;;
    *) IFS= read -r main < "$home/etc/application" || :
       set -- "$home/$main" "$@"; name=node ;;
  esac
fi
case $name in
  npm) lean dev.nodule.npm.NpmMain "$@" ;;
  npx) lean dev.nodule.npm.NpmMain exec "$@" ;;
esac
if [ "$name" != node ]; then
  case "${1:-.} ${2:-.}" in
    dist\ --*)
      shift
      exec "$home/java/bin/java" -XX:+UseSerialGC -XX:-UsePerfData -Dnodule.home="$home" -Dfile.encoding=UTF-8 \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${NODULE_JAVA_OPTIONS:-} \
        -cp "$home/builder/*:$home/lib/*:$home/jit/*" dev.nodule.builder.DistMain "$@" ;;
    update\ *)
      # Outside of an image it is npm's command, unless the number of a process and a file are named.
      case ${2:-.} in *[!0-9]*) update=$appliance ;; *) update=${3:-} ;; esac
      [ -z "$update" ] || lean dev.nodule.console.AdminMain "$@" ;;
    ps\ * | modules\ * | swap\ * | rollback\ * | history\ * | top\ * | new\ module | stop\ [0-9]* | start\ [0-9]*) lean dev.nodule.console.AdminMain "$@" ;;
  esac
fi
npm_words=
[ "$name" = node ] || [ $# -eq 0 ] || [ ! -f "$home/etc/npm-commands" ] || IFS= read -r npm_words < "$home/etc/npm-commands" || :
case " $npm_words " in
  *" ${1:-.} "*) lean dev.nodule.npm.NpmMain "$@" ;;
esac
IFS= read -r class_path < "$home/etc/classpath" || :
IFS= read -r jit_path < "$home/etc/jitpath" || :
# Relative entries of the two lists lie in the distribution.
expand() {
  expanded= base=$2 rest=$1
  while [ -n "$rest" ]; do
    expanded=$expanded$base/${rest%%:*}: rest=${rest#*:}
  done
}
expand "$class_path" "$home"; class_path=${expanded%:}
# The ahead-of-time cache may be used where its class path has moved to, but it wants the module path as it was: so that is named by
# way of a descriptor, which is the same wherever this distribution lies.
jit_base=$home
if [ -n "$jit_path" ] && [ -d /proc/self/fd ]; then
  # A process of this one may have inherited it.
  [ -e /proc/self/fd/9 ] || exec 9< "$home"
  [ /proc/self/fd/9 -ef "$home" ] && jit_base=/proc/self/fd/9
fi
expand "$jit_path" "$jit_base"; jit_path=${expanded%:}
jit=
[ -z "$jit_path" ] || jit="-XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI -XX:-UseJVMCICompiler --add-modules=jdk.graal.compiler"
cache=
[ -f "$home/cache/nodule.aot" ] && cache=-XX:AOTCache=$home/cache/nodule.aot
# The JVM does not start in a directory that was removed. Node.js does; process.cwd() throws there.
gone=
[ . -ef "$PWD" ] || { gone=$(readlink /proc/self/cwd); cd /; }
# The JVM compiles what the cache's training has seen hot at the first look at its counters; so it looks later, and a short program is not mostly compilers.
tiers="-XX:Tier0InvokeNotifyFreqLog=10 -XX:Tier0BackedgeNotifyFreqLog=12 -XX:Tier2InvokeNotifyFreqLog=17 -XX:Tier2BackedgeNotifyFreqLog=19"
exec "$home/java/bin/java" ${cache:+"$cache" -Xlog:disable -Xlog:all=off} -XX:+UseSerialGC -XX:MetaspaceSize=128m -XX:-UsePerfData -Xss1m $tiers \
  -XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput -XX:CompilerDirectivesFile="$home/etc/compiler-directives.json" \
  $jit ${jit_path:+-p "$jit_path"} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Dnodule.home="$home" -Djava.library.path="$home/native" -Dnodule.exec="$home/bin/nodule" -Dnodule.name="$name" $appliance ${absent:+"-Dnodule.absent=$absent"} -Dfile.encoding=UTF-8 ${gone:+"-Duser.dir=$gone"} ${NODULE_JAVA_OPTIONS:-} \
  -cp "$class_path" dev.nodule.launcher.Main "$@"
