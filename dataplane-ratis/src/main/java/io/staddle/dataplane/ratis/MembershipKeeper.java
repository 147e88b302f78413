package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.Membership;

import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Has Ratis put the members into effect that a group is to have, where this server leads it; and
/// notes in the log of the group what is in effect.
///
/// It alone changes configurations, one change after the other, and only with what is decided in
/// the log. Why no change of an attempt that is over can come later than its fence was confirmed:
///
/// - a change is asked for under the lock of [GroupMachine], and only if nothing newer is applied;
/// - Ratis takes it only from a leader that has applied all that was committed before its term, and
///   forgets it with that leader's term;
/// - what is noted (`Observe`) is noted in the leader's own term, after Ratis has shown that it has
///   no change under way. So whoever sees a version noted knows that what was begun before that
///   version is either in effect, and seen, or never will be.
final class MembershipKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(MembershipKeeper.class);
    private static final long PERIOD_MILLIS = 50;
    private static final long CHANGE_SECONDS = 30;
    private static final long TRANSFER_MILLIS = 2_000;

    /// How long a replica hears of no leader before it asks whether it is still meant to be there.
    private static final long LONELY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// How long a node that could not be changed is left alone, so that others have their turn.
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /// How often that is doubled while nothing else is decided: to give up a change may cost an
    /// election, which a node that never answers must not cost the group again and again.
    private static final int DOUBLED_MAX = 6;

    private final GroupMachine machine;
    private final GroupCalls calls;
    private final Peers peers;
    private final Hooks hooks;
    private final Map<NodeId, Failure> failures = new HashMap<>();
    private long heardNanos = System.nanoTime();

    /// A transfer of leadership has not succeeded, and nothing was taken since; see
    /// [StuckTransfer].
    private boolean mayBeStuck;

    /// Whom it tells what.
    ///
    /// @param beforeChange called before each change that is asked of Ratis; tests hold it up there
    /// @param lonely called from time to time while no leader is heard of
    record Hooks(Runnable beforeChange, Runnable lonely) {}

    /// The last time that a node could not be changed.
    ///
    /// @param times how often that was so since anything was decided
    /// @param version of what was decided
    private record Failure(long nanos, int times, long version) {
        boolean isOver(long nowNanos, long nowVersion) {
            long pause = AGAIN_NANOS << Math.min(times - 1, DOUBLED_MAX);
            return nowNanos - nanos > (nowVersion == version ? pause : AGAIN_NANOS);
        }
    }

    /// What is to be done, as of one moment.
    private record Wish(
            boolean adopted,
            long version,
            boolean isObserved,
            Configuration observed,
            Configuration wanted,
            Optional<Attempt> lead) {
        static Wish of(GroupState state) {
            return new Wish(
                    state.isAdopted(),
                    state.version(),
                    state.observedVersion() == state.version(),
                    state.observed(),
                    state.wanted(),
                    state.lead());
        }
    }

    MembershipKeeper(GroupMachine machine, GroupCalls calls, Peers peers, Hooks hooks) {
        this.machine = machine;
        this.calls = calls;
        this.peers = peers;
        this.hooks = hooks;
    }

    /// Works until interrupted.
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!keepOnce()) {
                    Thread.sleep(PERIOD_MILLIS);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns whether there may be more to do at once.
    private boolean keepOnce() throws InterruptedException {
        try {
            RaftServer.Division division = calls.division();
            DivisionInfo info = division.getInfo();
            listen(info.getLeaderId() != null);
            return info.isLeader() && info.isLeaderReady() && keep(division);
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.debug("{}: a change of members failed, and is tried again", calls.group(), e);
            listen(false);
            return false;
        } catch (RuntimeException e) {
            // As of a node whose address nobody knows yet. Without this thread nothing would move.
            LOG.warn("{}: a change of members failed, and is tried again", calls.group(), e);
            Thread.sleep(TimeUnit.NANOSECONDS.toMillis(AGAIN_NANOS));
            return false;
        }
    }

    private void listen(boolean isLed) {
        long now = System.nanoTime();
        if (isLed) {
            heardNanos = now;
        } else if (now - heardNanos > LONELY_NANOS) {
            heardNanos = now;
            hooks.lonely().run();
        }
    }

    private boolean keep(RaftServer.Division division)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long term = division.getInfo().getCurrentTerm();
        Wish wish = machine.look(Wish::of);
        Configuration found = Peers.members(division.getRaftConf());
        if (!wish.adopted() || mayBeStuck) {
            // Changes nothing if it was adopted.
            calls.sendHere(new GroupCommand.Adopt(found));
            mayBeStuck = false;
            return true;
        }
        if (!wish.isObserved() || !wish.observed().equals(found)) {
            return isQuiet(division)
                    && observe(term, wish.version(), Peers.members(division.getRaftConf()));
        }
        Optional<NodeId> next = next(wish, found);
        if (next.filter(Peers.node(division.getId())::equals).isPresent()) {
            return handOver(division, wish, next.get());
        }
        if (next.isPresent()) {
            return change(division, wish, found, next.get());
        }
        return wish.lead().isPresent() && lead(division, wish, wish.lead().get().target());
    }

    private boolean observe(long term, long version, Configuration seen) throws IOException {
        calls.sendHere(new GroupCommand.Observe(term, version, seen));
        return true;
    }

    /// Ratis refuses a change while another one is under way, also one that changes nothing.
    private boolean isQuiet(RaftServer.Division division)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Collection<RaftPeer> voters = division.getRaftConf().getAllPeers(RaftPeerRole.FOLLOWER);
        Collection<RaftPeer> learners = division.getRaftConf().getAllPeers(RaftPeerRole.LISTENER);
        RaftClientReply reply =
                calls.server()
                        .setConfigurationAsync(
                                request(
                                        List.copyOf(voters),
                                        List.copyOf(learners),
                                        List.copyOf(voters),
                                        List.copyOf(learners)))
                        .get(CHANGE_SECONDS, TimeUnit.SECONDS);
        return reply.isSuccess();
    }

    /// Returns a node that is not what it is to be; not one that could not be changed just now.
    private Optional<NodeId> next(Wish wish, Configuration found) {
        Configuration wanted = wish.wanted();
        SortedSet<NodeId> nodes = new TreeSet<>(wanted.voters());
        nodes.addAll(wanted.learners());
        nodes.addAll(found.voters());
        nodes.addAll(found.learners());
        long now = System.nanoTime();
        return nodes.stream()
                .filter(node -> wanted.of(node) != found.of(node))
                .filter(node -> isDue(node, wish.version(), now))
                .findFirst();
    }

    private boolean isDue(NodeId node, long version, long now) {
        Failure failure = failures.get(node);
        return failure == null || failure.isOver(now, version);
    }

    private void failed(NodeId node, long version) {
        Failure before = failures.get(node);
        int times = before == null || before.version() != version ? 1 : before.times() + 1;
        failures.put(node, new Failure(System.nanoTime(), times, version));
    }

    /// A leader that is to vote no more has another one lead, which takes it out.
    private boolean handOver(RaftServer.Division division, Wish wish, NodeId self)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        failed(self, wish.version());
        Optional<NodeId> heir =
                wish.wanted().voters().stream()
                        .filter(node -> wish.observed().of(node) == Membership.VOTER)
                        .min(Comparator.comparingLong(node -> silentMillis(division, node)));
        if (heir.isPresent()) {
            LOG.info("{}: {} is to lead, as {} leaves", calls.group(), heir.get(), self);
            succeeded(transfer(division, heir.get()));
        }
        return false;
    }

    private boolean succeeded(CompletableFuture<RaftClientReply> transfer)
            throws InterruptedException, ExecutionException, TimeoutException {
        mayBeStuck = true;
        mayBeStuck = !transfer.get(CHANGE_SECONDS, TimeUnit.SECONDS).isSuccess();
        return !mayBeStuck;
    }

    private CompletableFuture<RaftClientReply> transfer(RaftServer.Division division, NodeId heir)
            throws IOException {
        return calls.server().transferLeadershipAsync(leadershipTo(Peers.id(heir), division));
    }

    /// @param heir null if this server is to follow, whoever leads then
    private TransferLeadershipRequest leadershipTo(
            @Nullable RaftPeerId heir, RaftServer.Division division) {
        return new TransferLeadershipRequest(
                calls.clientId(),
                division.getId(),
                calls.raftGroup(),
                calls.nextCall(),
                heir,
                TRANSFER_MILLIS);
    }

    private boolean change(
            RaftServer.Division division, Wish wish, Configuration found, NodeId node)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Membership membership = wish.wanted().of(node);
        Configuration next = found.with(node, membership);
        SetConfigurationRequest request =
                request(
                        List.copyOf(division.getRaftConf().getAllPeers(RaftPeerRole.FOLLOWER)),
                        List.copyOf(division.getRaftConf().getAllPeers(RaftPeerRole.LISTENER)),
                        peers.peers(next.voters(), RaftPeerRole.FOLLOWER),
                        peers.peers(next.learners(), RaftPeerRole.LISTENER));
        hooks.beforeChange().run();
        Optional<CompletableFuture<RaftClientReply>> asked =
                machine.ifUnchanged(
                        wish.version(), () -> calls.server().setConfigurationAsync(request));
        if (asked.isEmpty()) {
            return true;
        }
        RaftClientReply reply = outcome(division, asked.get(), node);
        if (reply.isSuccess()) {
            failures.remove(node);
            LOG.info("{}: {} is {}", calls.group(), node, membership);
        } else {
            failed(node, wish.version());
            LOG.info(
                    "{}: {} could not be made {}: {}",
                    calls.group(),
                    node,
                    membership,
                    String.valueOf(reply.getException()));
        }
        return true;
    }

    /// Waits for as long as the node answers. Ratis itself looks for nodes that are silent only
    /// while nothing is written: under load it would wait without end, and a fence with it. A
    /// leader that steps down forgets the change.
    private RaftClientReply outcome(
            RaftServer.Division division, CompletableFuture<RaftClientReply> change, NodeId node)
            throws IOException, InterruptedException, ExecutionException {
        long patience =
                RaftServerConfigKeys.stagingTimeout(calls.server().getProperties())
                        .toLong(TimeUnit.MILLISECONDS);
        while (true) {
            try {
                return change.get(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                if (silentMillis(division, node) > patience) {
                    LOG.info("{}: {} is silent, the leader steps down", calls.group(), node);
                    calls.server().transferLeadership(leadershipTo(null, division));
                }
            }
        }
    }

    private static long silentMillis(RaftServer.Division division, NodeId node) {
        return division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList().stream()
                .filter(each -> each.getId().getId().toStringUtf8().equals(node.value()))
                .mapToLong(ServerRpcProto::getLastRpcElapsedTimeMs)
                .max()
                .orElse(0);
    }

    private boolean lead(RaftServer.Division division, Wish wish, NodeId target)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        boolean isDue = isDue(target, wish.version(), System.nanoTime());
        if (!isDue
                || Peers.node(division.getId()).equals(target)
                || wish.observed().of(target) != Membership.VOTER) {
            return false;
        }
        Optional<CompletableFuture<RaftClientReply>> asked =
                machine.ifUnchanged(wish.version(), () -> transfer(division, target));
        if (asked.isPresent() && !succeeded(asked.get())) {
            failed(target, wish.version());
        }
        return false;
    }

    private SetConfigurationRequest request(
            List<RaftPeer> voters,
            List<RaftPeer> learners,
            List<RaftPeer> newVoters,
            List<RaftPeer> newLearners) {
        return new SetConfigurationRequest(
                calls.clientId(),
                calls.server().getId(),
                calls.raftGroup(),
                calls.nextCall(),
                SetConfigurationRequest.Arguments.newBuilder()
                        .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                        .setServersInCurrentConf(voters)
                        .setListenersInCurrentConf(learners)
                        .setServersInNewConf(newVoters)
                        .setListenersInNewConf(newLearners)
                        .build());
    }
}
