#!/usr/bin/env bash
# A region dies, another takes over, the dead one comes back as a zombie and finds its way home.
# Every claim that this prints was checked; it exits with 0 only if all of them held.
#
#   run.sh [--unchecked]    --unchecked: with a store that takes every write; then claims must fail
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
story=two-regions
. ../stage.sh

"$staddle" --version >/dev/null # builds the distribution, if it is not there
began=$(millis)
echo "Two regions, eu and us, of three processes each. Their files are in $work"

step "1. Three servers of Staddle, a store that checks fences, and the regions"
start_servers
compile
within 45 "the servers have a leader" serving
"$staddle" config set health.beat-interval-millis=200 health.suspect-after-millis=2500 \
    failover.grace-millis=1500 >/dev/null
start store Store "$work" "$@"
for number in 1 2 3; do
    start us-$number Silo us $number "$work"
done
start eu-1 Silo eu 1 "$work"
start eu-2 Silo eu 2 "$work" --careless
start eu-3 Silo eu 3 "$work"
all_at_home() {
    [ -e "$work/ledger" ] && [ "$(written 0 eu eu 1)" -eq 12 ] && [ "$(written 0 us us 1)" -eq 12 ]
}
within 30 "each region owns twelve grains, and writes to them" all_at_home
grains >"$work/grains"
claim "all 24 are in epoch 1" "$(awk '$3 == 1' "$work/grains" | count)" -eq 24

step "2. Region eu dies: eu-1 and eu-2 are frozen (SIGSTOP), eu-3 is killed (SIGKILL)"
died=$(millis)
freeze eu-1
freeze eu-2
destroy eu-3
dead=$(mark)
eu_failed() {
    look eu && [ "$(known state)" = CLUSTER_STATE_FAILED ]
}
within 20 "region eu was failed over" eu_failed
"$staddle" failover list -o json >"$work/moves"
took=$(($(field atMillis <"$work/moves") - died))
entry=$(sed -n '/grainsMoved/,$p' "$work/moves" | field index)
claim "by itself, because it was silent" "$(field cause <"$work/moves")" = FAILOVER_CAUSE_GRACE
# A lease is 2.5 s and 1.5 s long, less the margin of 0.8 s, from a beat before its death.
claim "$((took / 1000)).$((took % 1000 / 100)) s after its death, and not before its lease was over" \
    "$took" -ge 3200
show failover list
grains >"$work/grains"
claim "region us owns the twelve grains of eu" \
    "$(awk '/^eu-/ && $2 == "us"' "$work/grains" | count)" -eq 12
claim "each of them one epoch on" "$(awk '/^eu-/ && $3 == 2' "$work/grains" | count)" -eq 12
claim "all since one log entry, $entry" "$(awk '/^eu-/ { print $4 }' "$work/grains" | sort -u)" \
    = "$entry"
claim "its own are as they were" \
    "$(awk '/^us-/ && $2 == "us" && $3 == 1' "$work/grains" | count)" -eq 12
guests_served() {
    [ "$(written "$dead" us eu 2)" -eq 12 ]
}
within 10 "it writes to all of them" guests_served
show grain check cart/eu-2 --owner eu --epoch 1
claim "a fence check turns eu away" $code -eq 2

step "3. Region eu comes back as a zombie: the frozen go on (SIGCONT), eu-3 is started again"
back=$(mark)
thaw eu-1
thaw eu-2
start eu-3 Silo eu 3 "$work"
zombie_writes() {
    echo $(($(writes "$back" refused eu 1) + $(writes "$back" accepted eu 1)))
}
zombie_tries() {
    [ "$(zombie_writes)" -ge 8 ]
}
eu_obeys() {
    look eu && [ "$(known state) $(known ackedFence)" = "CLUSTER_STATE_RECOVERING 2" ]
}
within 15 "eu-2, which is careless, goes on writing with the tokens that it had" zombie_tries
within 15 "eu-1, which runs the agent of the region, gives no permits any more, and obeys fence 2" eu_obeys
claim "it found its lease over before anybody told it" "$(grep -c Silence "$work/eu-1.log")" -eq 1
claim "the store has refused $(writes "$back" refused eu 1) writes of the zombie" \
    "$(writes "$back" refused eu-2 1)" -ge 1
claim "and taken none" "$(writes "$back" accepted eu '[0-9]*')" -eq 0
claim "of eu-1 at most the one that it was frozen with" "$(writes "$back" refused eu-1 1)" -le 1
claim "of eu-3 none at all" "$(writes "$back" refused eu-3 '[0-9]*')" -eq 0

step "4. Region eu makes up for what it has missed, and is readmitted"
show replay status
claim "what us wrote to the grains of eu waits for it" \
    "$(awk '$1 == "eu" { print $2 }' "$work/shown")" -ge 12
show cluster readmit eu
claim "until it has that it is not let in" "$(grep -c REPLAY_PENDING "$work/shown") $code" = "1 2"
start replayer Replayer eu "$work"
eu_healthy() {
    look eu && [ "$(known state)$(known openFailover)" = CLUSTER_STATE_HEALTHY ]
}
within 20 "it has applied all, and is readmitted by itself" eu_healthy
claim "in the order of the queue" \
    "$(awk '$1 <= last { print } { last = $1 }' "$work/eu.copy" | count)" -eq 0
claim "it owns nothing yet" "$(known grains)" -eq 0

step "5. Its grains go back"
show failover back eu --yes
grains >"$work/grains"
claim "all twelve are at home, one epoch on" \
    "$(awk '/^eu-/ && $2 == "eu" && $3 == 3' "$work/grains" | count)" -eq 12
claim "since one log entry" "$(awk '/^eu-/ { print $4 }' "$work/grains" | sort -u | count)" -eq 1
home_served() {
    [ "$(written "$back" eu eu 3)" -eq 12 ]
}
within 15 "region eu writes to all of them, eu-2 too: it has new tokens" home_served

step "6. All silos are stopped. What is in the books?"
stop us-2 us-3 eu-2 eu-3
stop us-1 eu-1 # the agents last: they send what the others have left for the queue
drained() {
    [ "$("$staddle" replay status eu -o json | field entries)" -eq 0 ]
}
within 10 "the queue is empty" drained
claim "the store has refused all $(zombie_writes) writes of the zombie" \
    "$(writes "$back" refused eu 1)" -eq "$(zombie_writes)"
since 0 | awk '$1 == "accepted"' >"$work/accepted"
claim "no epoch of a grain ever fell" \
    "$(awk '$5 < epoch[$4] { print } { epoch[$4] = $5 }' "$work/accepted" | count)" -eq 0
claim "none had two owners" \
    "$(awk '{ sub("-.*", "", $2); print $4, $5, $2 }' "$work/accepted" | sort -u |
        awk '{ print $1, $2 }' | uniq -d | count)" -eq 0
claim "of $(count <"$work/accepted") counts none is lost and none doubled, whoever owned the grain" \
    "$(awk '$6 != ++last[$4]' "$work/accepted" | count)" -eq 0
awk '$2 ~ /^us/ && $4 ~ /^eu/ { print "cart/" $4, $6 }' "$work/accepted" | sort -s -k1,1 \
    >"$work/written"
sed 's/^[0-9]* //' "$work/eu.copy" | sort -s -k1,1 >"$work/replayed"
claim "region eu has all $(count <"$work/written") that us wrote to its grains, in their order" \
    "$(cmp "$work/written" "$work/replayed" 2>&1)" = ""
equal_servers() {
    "$staddle" server digest 2>&1 | grep -q 'All that answered are equal'
}
within 10 "all servers have the same state" equal_servers
verdict
