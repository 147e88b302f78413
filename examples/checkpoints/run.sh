#!/usr/bin/env bash
# A stream job of three workers takes checkpoints. Its coordinator is killed between READY and
# COMMIT, another comes back as a zombie, and the whole job dies. Every claim that this prints was
# checked; it exits with 0 only if all held.
#
#   run.sh [--short]    --short: one coordinator is killed between READY and COMMIT, no more
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
story=checkpoints
. ../stage.sh
short=no
[ "${1:-}" != --short ] || short=yes

"$staddle" --version >/dev/null # builds the distribution, if it is not there
began=$(millis)
echo "Three workers count a stream, with checkpoints. Their files are in $work"

# ---- what the watcher was told, and what is in the directory of checkpoints

# status EPOCH: what the watcher was told last of a checkpoint.
status() {
    awk -v epoch="$1" '$2 == epoch { last = $3 } END { print last }' "$work/watched"
}

is() {
    [ "$(status "$1")" = "$2" ]
}

# told EPOCH: all that the watcher was told of a checkpoint.
told() {
    awk -v epoch="$1" '$2 == epoch { printf "%s%s", n++ ? " " : "", $3 }' "$work/watched"
}

newest_committed() {
    awk '$3 == "COMMITTED" && $2 > newest { newest = $2 } END { print newest + 0 }' "$work/watched"
}

# more N EPOCH: whether so many checkpoints after that one were committed.
more() {
    [ "$(awk -v epoch="$2" '$3 == "COMMITTED" && $2 > epoch' "$work/watched" | count)" -ge "$1" ]
}

# published EPOCH: how many workers have put a checkpoint into effect.
published() {
    ls "$work/checkpoints/$1" 2>/dev/null | grep -c '^w[123]$' || true
}

is_published() {
    [ "$(published "$1")" -eq 3 ]
}

# said NAME TEXT: whether a process has said something.
said() {
    grep -q "$2" "$work/$1.log"
}

# hold NAME: that coordinator stops between READY and COMMIT; the checkpoint is in $held. The watcher
# may hear of that later than the coordinator.
hold() {
    : >"$work/hold-$1"
    within 15 "$1 stops between READY and COMMIT" test -e "$work/held-$1"
    held=$(cat "$work/held-$1")
    within 5 "checkpoint $held is prepared by all" is "$held" READY
    claim "and published by none" "$(published "$held")" -eq 0
}

# cached N: a field of the first line that the watcher tells of its near cache.
cached() {
    awk -v field="$1" 'NR == 1 { print $field }' "$work/cache"
}

# owner_in_cache PARTITION OWNER EPOCH
owner_in_cache() {
    grep -q "^part/$1 $2 $3\$" "$work/cache"
}

start_workers() {
    local number
    for number in 1 2 3; do
        start w$number Worker $number "$work"
    done
}

step "1. Three servers of Staddle, three workers, two coordinators, and a watcher"
start_servers
base=${STADDLE_ENDPOINTS%%,*}
base=${base##*:}
compile
within 45 "the servers have a leader" serving
start watcher Watcher "$work"
start_workers
start m1 Master m1 "$work"
coordinates() {
    said "$1" "^coordinates with token $2\$"
}
within 20 "m1 coordinates the checkpoints" coordinates m1 1
start m2 Master m2 "$work"
within 30 "three checkpoints are committed" more 3 0
all_owned() {
    [ -e "$work/cache" ] && [ "$(grep -c '^part/[0-9]* w[123] 1$' "$work/cache")" -eq 12 ]
}
within 10 "each of the twelve partitions has an owner" all_owned

step "2. m1 is killed (SIGKILL) between READY and COMMIT"
hold m1
destroy m1
if [ $short = no ]; then
    lead=$("$staddle" server list 2>/dev/null |
        awk -v base="$base" '/leader/ { sub(".*:", "", $2); print $2 - base + 1 }')
    kill -KILL "$(cat "$work/servers/server-$lead/pid")"
    line "          and so is s$lead, which leads Staddle"
fi
within 30 "m2 coordinates once the lease of m1 is over" coordinates m2 2
within 15 "it finds checkpoint $held, and commits it" is "$held" COMMITTED
claim "nothing else became of that" "$(told "$held")" = "PREPARE READY COMMITTED"
within 10 "all workers have published it" is_published "$held"
show barrier show "word-count/$held"
within 15 "and it goes on" more 2 "$held"

if [ $short = no ]; then
    "$staddle" dev --only "$lead" --data "$work/servers" --base-port "$base" \
        >"$work/server-$lead.log" 2>&1 &
    servers="$servers $!"

    step "3. m2 is frozen (SIGSTOP) between READY and COMMIT, and comes back as a zombie"
    start m3 Master m3 "$work"
    hold m2
    frozen=$held
    freeze m2
    within 20 "m3 coordinates" coordinates m3 3
    within 10 "it commits checkpoint $frozen" is "$frozen" COMMITTED
    within 15 "and takes the next" more 1 "$frozen"
    rm "$work/hold-m2"
    thaw m2
    within 10 "m2 goes on, and is refused" said m2 '^fenced: StaleToken'
    claim "checkpoint $frozen is as it was" "$(told "$frozen")" = "PREPARE READY COMMITTED"

    step "4. The whole job dies between READY and COMMIT, m3 as well"
    hold m3
    before=$(newest_committed)
    destroy m3
    destroy w2
    wait "$(pid w1)" "$(pid w3)" 2>/dev/null || true
    claim "w1 and w3 ended because channels to w2 broke" \
        "$(cat "$work"/w[13].log | grep -c '^dies: a channel broke')" -eq 2
    show grain reassign part/4 --to w1 --yes
    start_workers
    within 20 "checkpoint $held, which was not committed, is aborted" is "$held" ABORTED
    claim "nobody has published it" "$(published "$held")" -eq 0
    begun() {
        [ "$(cat "$work"/w?.log | grep -c "^begins with checkpoint $before\$")" -eq 3 ]
    }
    within 20 "all three workers begin with checkpoint $before" begun
    start m4 Master m4 "$work"
    within 15 "m4 coordinates" coordinates m4 4
    within 20 "the job goes on" more 3 "$held"
    within 10 "the near cache of the watcher knows that w1 owns part/4" owner_in_cache 4 w1 2
fi

step "5. The job is stopped. What is in the books?"
last=$([ $short = yes ] && echo m2 || echo m4)
stop $last
"$staddle" events list --scope word-count --after 0 -o json | field index >"$work/history"
all_told() {
    cut -d' ' -f1 "$work/watched" | cut -d. -f1 | cmp -s - "$work/history"
}
within 5 "the watcher was told all $(count <"$work/history") events, in order, each once" all_told
within 10 "all have published the last checkpoint" is_published "$(newest_committed)"
"$java/java" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -cp "$jars:$work/classes" Audit "$work" >"$work/audit"
count_of() {
    awk -v what="$1" '$1 == what { print $2 }' "$work/audit"
}
claim "of $(count_of committed) committed checkpoints each was published by all workers" \
    "$(count_of torn)" -eq 0
claim "each counts every record before its marks once: $(count_of records) in the last" \
    "$(count_of wrong)" -eq 0
claim "no source went back behind a committed checkpoint" "$(count_of fell)" -eq 0
claim "of $(count_of aborted) aborted ones nothing is left" "$(count_of left)" -eq 0
# A lookup from memory is a hit; servers are asked for each partition once, when one changes, and
# while the watch has no server.
lookups=$(($(cached 1) + $(cached 2)))
claim "the near cache answered $(cached 1) of $lookups lookups from memory" \
    $(($(cached 1) * 10)) -gt $((lookups * 9))
claim "it forgot nothing, and no epoch in it ever fell" "$(cached 3) $(cached 4)" = "0 0"
equal_servers() {
    "$staddle" server digest 2>&1 | grep -q 'All that answered are equal'
}
within 15 "all servers have the same state" equal_servers
verdict
