# What the stories in run.sh are told with: processes, steps, claims. Read with `.`, by bash.
# Before that: story=NAME; also sources=FILES, heap=SIZE and poll=SECONDS, if not
# src/*.java, 64m and 0.1. After it: cache=FILE, if there is an AOT cache for $jars.

root=$(cd ../.. && pwd)
# Tests name another command and other jars: they run before there is a distribution.
staddle=${STADDLE_COMMAND:-$root/staddle}
jars=${STADDLE_CLASSPATH:-$root/deploy/target/staddle/lib/cli/*}
work=$(mktemp -d "${TMPDIR:-/tmp}/$story.XXXXXX")
limit_millis=${STORY_SECONDS:-85}000
# A machine that has other things to do is given so many times as long for each step.
patience=${STORY_PATIENCE:-1}
claims=0
failed=0
running=()

millis() {
    if [ -n "${EPOCHREALTIME:-}" ]; then
        local now=${EPOCHREALTIME/[.,]/}
        echo $((now / 1000))
    else
        echo "$(date +%s)000"
    fi
}
began=$(millis)

# Everything that was started ends here, by its own process id, however the story ended.
clean_up() {
    local code=$? pid
    trap - EXIT INT TERM
    for pid in ${running[@]+"${running[@]}"}; do
        kill -KILL "$pid" 2>/dev/null || true
    done
    # One or more process ids: each ends the servers that it has started.
    [ -z "${servers:-}" ] || kill -TERM $servers 2>/dev/null || true
    wait 2>/dev/null || true
    if [ $code -eq 0 ]; then
        rm -rf "$work"
    else
        echo "Logs, ledger and data of this run stay in $work" >&2
    fi
    exit $code
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- what is printed

line() {
    local elapsed=$(($(millis) - began))
    printf '%3d.%d s  %s\n' $((elapsed / 1000)) $((elapsed % 1000 / 100)) "$1"
}

step() {
    echo
    line "$1"
}

# Shows a command of the CLI and what it says; keeps that in $work/shown, its exit code in $code.
show() {
    printf '%9s$ staddle %s\n' '' "$*"
    code=0
    "$staddle" "$@" >"$work/shown" 2>&1 || code=$?
    sed 's/^/         /' "$work/shown"
}

# claim TEXT FOUND OPERATOR EXPECTED: compares as `[` does, and says whether it holds.
claim() {
    claims=$((claims + 1))
    if [ "$2" "$3" "$4" ]; then
        line "  ok      $1"
    else
        failed=$((failed + 1))
        line "  FAILED  $1 (found \"$2\", expected $3 \"$4\")"
    fi
}

# within SECONDS TEXT COMMAND…: the claim that the command succeeds before so much time has passed,
# STORY_PATIENCE times as much. The story cannot go on without it, nor for longer than 85 s, or
# STORY_SECONDS.
within() {
    local end=$(($(millis) + $1 * 1000 * patience)) text=$2
    [ $end -le $((began + limit_millis)) ] || end=$((began + limit_millis))
    shift 2
    claims=$((claims + 1))
    until "$@"; do
        if [ "$(millis)" -ge $end ]; then
            failed=$((failed + 1))
            line "  FAILED  $text (not in time)"
            verdict
        fi
        sleep "${poll:-0.1}"
    done
    line "  ok      $text"
}

verdict() {
    echo
    if [ $failed -eq 0 ]; then
        line "All $claims claims held."
        exit 0
    fi
    line "$failed of $claims claims FAILED."
    exit 1
}

# ---- processes

# As bin/staddle looks for it.
find_java() {
    local home major
    for home in "${STADDLE_JAVA_HOME:-}" "${JAVA_HOME:-}" \
        /usr/lib/jvm/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
        major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)
        [ "${major:-0}" -ge 25 ] && echo "$home/bin" && return
    done
    echo "a JDK 25 or later was expected; set STADDLE_JAVA_HOME" >&2
    return 1
}

compile() {
    java=$(find_java)
    "$java/javac" -Xlint:all,-path -Werror -d "$work/classes" -cp "$jars" ${sources:-src/*.java}
}

# start NAME CLASS ARGUMENTS…: a Java process of this example; its id is in pid_NAME.
start() {
    local name=$1
    shift
    "$java/java" ${cache:+-XX:AOTCache=$cache} \
        -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
        -Xmx${heap:-64m} -XX:MetaspaceSize=64m \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -cp "$jars:$work/classes" "$@" >>"$work/$name.log" 2>&1 &
    running+=($!)
    eval "pid_${name//-/_}=$!"
}

# pid NAME: the id of the process that was started last under that name.
pid() {
    local variable=pid_${1//-/_}
    echo "${!variable}"
}

freeze() {
    kill -STOP "$(pid "$1")"
}

thaw() {
    kill -CONT "$(pid "$1")"
}

# Ends a process at once.
destroy() {
    kill -KILL "$(pid "$1")"
    wait "$(pid "$1")" 2>/dev/null || true
}

# Asks processes to end, and waits until they have.
stop() {
    local name
    for name in "$@"; do
        kill -TERM "$(pid "$name")"
    done
    for name in "$@"; do
        wait "$(pid "$name")" 2>/dev/null || true
    done
}

taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_base_port() {
    local base port
    while true; do
        base=$((18000 + RANDOM % 10000))
        for port in 0 1 2 100 101 102; do
            taken $((base + port)) && continue 2
        done
        echo $base
        return
    done
}

serving() {
    grep -q '^Serving' "$work/servers.log"
}

# Three servers with data and ports of their own: a `staddle dev` that runs already is left alone.
start_servers() {
    local base
    base=$(free_base_port)
    export STADDLE_ENDPOINTS=127.0.0.1:$base,127.0.0.1:$((base + 1)),127.0.0.1:$((base + 2))
    # No server runs for long: code that is compiled once is enough.
    STADDLE_SERVER_OPTS=${STADDLE_SERVER_OPTS:--XX:TieredStopAtLevel=1} \
        "$staddle" dev --data "$work/servers" --base-port "$base" >"$work/servers.log" 2>&1 &
    servers=$!
}

# ---- what Staddle and the ledger of the store say

# field NAME: the values of that name in the JSON on the standard input.
field() {
    sed -n "s/^ *[[{]* *\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p"
}

# All grains, a line each: key, owner, epoch, log index at which the owner got it.
grains() {
    "$staddle" grain list --type cart -o json | awk -F'"' '
        $2 == "key" { key = $4 }
        $2 == "owner" { owner = $4 }
        $2 == "epoch" { epoch = $4 }
        $2 == "index" { print key, owner, epoch, $4 }'
}

# look CLUSTER: asks what is known of it, for `known FIELD`.
look() {
    "$staddle" cluster show "$1" -o json >"$work/cluster"
}

known() {
    field "$1" <"$work/cluster" | head -n 1
}

# Where the ledger ends now: for `since`.
mark() {
    count <"$work/ledger"
}

# How many lines there are.
count() {
    awk 'END { print NR }'
}

# since MARK: the writes decided after that, as: verdict, silo, fence, key of the grain, epoch, value.
since() {
    tail -n "+$(($1 + 1))" "$work/ledger" | awk '$2 == "write" {
        sub("cart/", "", $5); print $1, $3, $4, $5, $6, $7 }'
}

# writes MARK VERDICT SILO EPOCH: how many there were; SILO and EPOCH are patterns.
writes() {
    since "$1" | awk -v verdict="$2" -v silo="^$3" -v epoch="^$4\$" '
        $1 == verdict && $2 ~ silo && $5 ~ epoch { n++ } END { print n + 0 }'
}

# written MARK SILO KEY EPOCH: to how many grains; the last three are patterns.
written() {
    since "$1" | awk -v silo="^$2" -v key="^$3" -v epoch="^$4\$" '
        $1 == "accepted" && $2 ~ silo && $4 ~ key && $5 ~ epoch { print $4 }' | sort -u | count
}
