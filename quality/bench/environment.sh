# Sourced by the benchmark scripts beside it: finds a JDK 25, builds the benchmarks, says what machine this is.
# After it: $JAVA (with the flags that Assay runs with) and bench_java CLASS [ARG ...].
set -euo pipefail
bench_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$bench_folder/../.." && pwd)

find_jdk() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -x "$candidate/bin/javac" ] && [ "$("$candidate/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = \([0-9]*\).*/\1/p')" -ge 25 ] 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    echo "No JDK 25 or newer found: set JAVA_HOME." >&2
    exit 2
}

JAVA_HOME=$(find_jdk)
export JAVA_HOME
module="${ASSAY_BENCH_MODULE:-quality/bench}"
(cd "$project" && ./mvnw -q -Dquick -DskipTests package -pl "$module" -am >&2)
JAVA="$JAVA_HOME/bin/java"
JVM_FLAGS="--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -XX:+UseParallelGC"
CLASSPATH_OF_BENCH="$project/$module/target/classes:$(cat "$project/$module/target/classpath")"

bench_java() {
    # shellcheck disable=SC2086
    "$JAVA" $JVM_FLAGS ${BENCH_JVM:-} -cp "$CLASSPATH_OF_BENCH" "$@"
}

bench_machine() {
    echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1), $(getconf _NPROCESSORS_ONLN) cores, $(awk '/MemTotal/ {printf "%.0f GiB", $2/1048576}' /proc/meminfo 2>/dev/null)"
    echo "java: $("$JAVA" -version 2>&1 | sed -n 2p)"
}
