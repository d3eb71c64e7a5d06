# Sourced by ./nodule and ./mvnw. find_jdk prints the home of a JDK 25 or newer, or says what to install and fails.

# The feature version in a JDK's release file, or nothing.
jdk_feature_version() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  best= best_version=0
  java_on_path=$(command -v javac 2>/dev/null) && java_on_path=$(readlink -f "$java_on_path") && java_on_path=${java_on_path%/bin/javac}
  for home in "${JAVA_HOME:-}" "$java_on_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
      /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] || continue
    version=$(jdk_feature_version "$home") || continue
    # The first of the lowest version that serves: 25 is what Nodule is tested with.
    if [ "${version:-0}" -ge 25 ] && { [ -z "$best" ] || [ "$version" -lt "$best_version" ]; }; then
      best=$home best_version=$version
    fi
  done
  if [ -z "$best" ]; then
    echo "nodule: a JDK 25 is needed to build Nodule and none was found: install one (for example Eclipse Temurin 25) and, unless it stands under /usr/lib/jvm, set JAVA_HOME to it." >&2
    return 1
  fi
  printf '%s\n' "$best"
}
