#!/usr/bin/env bash
# A store of four nodes and eight groups: its shards move under writes, while a node and the leader
# of Staddle are killed. Every claim that this prints was checked; it exits with 0 only if all held.
#
#   run.sh [--short]    --short: two groups, one move, one dead leader, one dead target
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
story=moving-shards
heap=96m
poll=0.2
sources="src/*.java ../two-regions/src/LineClient.java ../two-regions/src/LineServer.java"
. ../stage.sh

# The data plane on Ratis is not part of the CLI. The jars of the servers come first and in the
# order of their names: their AOT cache is for what begins so.
with_data_plane() {
    local lib=$root/deploy/target/staddle/lib
    jars=$(LC_ALL=C && printf '%s:' "$lib"/server/*.jar)$lib/dataplane-ratis/*:$jars
    cache=$lib/server.aot
    [ -r "$cache" ] || cache=
}

short=no
groups=8
vshards=128
moving="0 1 2 3"
writers=4
if [ "${1:-}" = --short ]; then
    short=yes
    groups=2
    vshards=16
    moving=0
    writers=2
fi

"$staddle" --version >/dev/null # builds the distribution, if it is not there
if [ -n "${STADDLE_DATAPLANE:-}" ]; then
    jars=$jars:$STADDLE_DATAPLANE
else
    with_data_plane
fi
began=$(millis)
echo "Four nodes that replicate $groups groups. Their files are in $work"

# tell ORDER…: has the `Operator` do something; its answer is in $answer.
tell() {
    local port
    port=$(cat "$work/operator.port" 2>/dev/null) || return
    { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return
    echo "$*" >&3
    answer=
    read -r answer <&3 || true
    exec 3<&-
    echo "$*: $answer" >>"$work/orders"
}

# order ORDER…: as `tell`; fails if it is refused.
order() {
    tell "$@" && [ "$answer" = ok ]
}

# frozen NODE ORDER…: gives an order while a node stands still. Who has been silent for too long when
# Staddle hears of it, is not moved to: then once more, when it has beaten again.
frozen() {
    freeze "$1"
    order "${@:2}" && return
    thaw "$1"
    sleep 0.5
    return 1
}

# on_board KIND ID FIELD…: what Staddle says of it, as `Board` has written it down lately.
on_board() {
    local kind=$1 id=$2
    shift 2
    awk -v kind="$kind" -v id="$id" -v fields="$*" '
        $1 == kind && $2 == id {
            n = split(fields, field, " ")
            for (i = 1; i <= n; i++) printf "%s%s", $field[i], i < n ? " " : "\n"
        }' "$work/board"
}

phase() {
    on_board migration "$1" 3
}

why() {
    on_board migration "$1" 4
}

completed() {
    [ "$(phase "$1")" = COMPLETED ]
}

# Who votes in a group, as Staddle has it.
voters() {
    on_board group "$1" 3
}

holder() {
    on_board vshard "$1" 3 4 5
}

writes() {
    cut -d' ' -f1 "$work/written"
}

# goes_on: whether there are 30 more writes than when `mark_writes` was called.
mark_writes() {
    marked=$(writes)
}

goes_on() {
    [ "$(writes)" -ge $((marked + 30)) ]
}

# longest MILLIS: the longest that a write which ended after that time had to wait.
longest() {
    awk -v since="$1" '$1 >= since && $3 > max { max = $3 } END { print max + 0 }' "$work/waits"
}

start_node() {
    start "$1" DataNode "$1" "$work" "$raft"
}

has_nodes() {
    [ -e "$work/board" ] && [ "$(grep -c '^node n[1-4]' "$work/board")" -eq 4 ]
}

server_pid() {
    cat "$work/servers/server-$1/pid"
}

# Keeps the number of the server that leads in $lead.
find_leader() {
    tell leader && [ "$answer" != none ] && lead=$((answer - base + 1))
}

step "1. Three servers of Staddle, and four nodes with Ratis"
start_servers
base=${STADDLE_ENDPOINTS%%,*}
base=${base##*:}
raft=$(free_base_port)
compile
for node in n1 n2 n3 n4; do
    start_node $node
done
start operator Operator "$work"
within 45 "the servers have a leader" serving
"$staddle" config set node.suspect-after-millis=4000 migration.recovery-grace-millis=1500 >/dev/null
within 30 "all nodes have registered and beat" has_nodes
for node in n1 n2 n3 n4; do
    within 10 "$node may serve" order activate $node
done
show routing init n1 n2 n3 --vshards $vshards --groups $groups
order write $writers $((writers * 30))
written() {
    [ -e "$work/written" ] && [ "$(writes)" -ge 100 ]
}
within 30 "$writers writers count up $((writers * 16)) keys, $((writers * 30)) times a second" written

step "2. Shards move to n4, which has nothing yet, while they are written to"
since=$(millis)
mark_writes
for vshard in $moving; do
    within 10 "a move of vShard $vshard begins" order move "to-n4-$vshard" "$vshard" n4
done
for vshard in $moving; do
    within 20 "vShard $vshard has moved" completed "to-n4-$vshard"
    claim "n4 serves it, in the next epoch" "$(holder "$vshard")" = "n4 2 open"
done
within 10 "writes have gone on" goes_on
line "          the longest that any of them had to wait: $(longest "$since") ms"
show migration list

step "3. The leader of Staddle is killed (SIGKILL) in the middle of a move"
within 10 "somebody leads" find_leader
mark_writes
within 10 "a move of vShard 4 begins" order move leaderless 4 n4
kill -KILL "$(server_pid "$lead")"
killed=$(millis)
within 20 "vShard 4 has moved all the same" completed leaderless
claim "its last step was taken by another leader" "$(on_board migration leaderless 6)" -gt "$killed"
claim "n4 serves it" "$(holder 4)" = "n4 2 open"
within 10 "writes have gone on" goes_on
"$staddle" dev --only "$lead" --data "$work/servers" --base-port "$base" \
    >"$work/server-$lead.log" 2>&1 &
servers="$servers $!"

step "4. n4 is killed (SIGKILL) while it learns"
group=$((1 + 5 % groups))
before=$(voters $group)
within 20 "the move of vShard 5 begins" frozen n4 move to-the-dead 5 n4
destroy n4
aborted() {
    [ "$(phase to-the-dead)" = ABORTED ]
}
within 20 "the move of vShard 5 is given up" aborted
claim "because n4 is silent" "$(why to-the-dead)" = TARGET_UNREACHABLE
fenced() {
    [ "$(on_board migration to-the-dead 5)" = true ]
}
within 20 "the data plane has fenced it" fenced
claim "group $group has the members that it had" "$(voters $group)" = "$before"
claim "its holder takes writes in the epoch that it had" "$(holder 5 | cut -d' ' -f2,3)" = "1 open"
start_node n4
within 20 "n4 is back in another life, and vShard 5 begins to move once more" \
    order move to-the-living 5 n4
within 20 "it has moved" completed to-the-living
claim "n4 serves it" "$(holder 5)" = "n4 2 open"
mark_writes
within 10 "writes go on, also to what n4 served when it died" goes_on

if [ $short = no ]; then
    step "5. n2 is killed (SIGKILL) while one of its shards leaves it, for a node that votes already"
    heir=n3
    case $(voters 5) in *n1*) heir=n1 ;; esac
    within 20 "the move of vShard 12 begins" frozen n2 move orphan 12 $heir
    destroy n2
    within 20 "vShard 12 has moved without the node that it left" completed orphan
    claim "$heir serves it" "$(holder 12)" = "$heir 2 open"
    start_node n2
    mark_writes
    within 10 "writes go on" goes_on
fi

step "6. The writers stop. What is in the books?"
trimmed() {
    ! awk '$1 == "group" && ($4 != "-" || split($3, voters, ",") != 3)' "$work/board" | grep -q .
}
within 20 "each group has three voters again, and who had to leave has left" trimmed
stop operator
"$java/java" -XX:TieredStopAtLevel=1 -cp "$jars:$work/classes" Audit "$work" $groups >"$work/audit"
count_of() {
    awk -v what="$1" '$1 == what { print $2 }' "$work/audit"
}
total=$(count_of acknowledged)
claim "all replicas of a group are equal" "$(count_of different)" -eq 0
claim "of $total acknowledged writes to $(count_of keys) keys none is lost" "$(count_of lost)" -eq 0
claim "none was applied twice" "$(count_of doubled)" -eq 0
claim "and nothing that was not asked for is there" "$(count_of unasked)" -eq 0
claim "no vShard had two holders in an epoch" "$(count_of owners)" -eq 0
claim "nor an epoch that fell" "$(count_of fell)" -eq 0
claim "no group has a learner that nobody knows of" "$(count_of learners)" -eq 0
claim "and the voters of Ratis are those of Staddle: three each" "$(count_of voters)" -eq $((3 * groups))
line "          $(cut -d' ' -f2,3 "$work/written" | awk '{ print $1 " writes found a pause, " $2 " the wrong node" }')"
verdict
