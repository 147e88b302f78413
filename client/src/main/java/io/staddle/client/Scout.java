package io.staddle.client;

import io.staddle.api.v1.DescribeServerRequest;
import io.staddle.api.v1.ServerDescription;
import io.staddle.api.v1.ServersGrpc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Finds out who leads for a client that only reads.
///
/// Any server answers a linearizable query, but one that does not lead has to ask the leader first.
/// The answer does not say which it was.
final class Scout {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Core core;
    private final AtomicLong nextNanos;

    Scout(Core core) {
        this.core = core;
        this.nextNanos = new AtomicLong(System.nanoTime());
    }

    /// Asks `peer` who leads, in the background, unless that is known or was asked just now.
    void sawAnswerOf(Peer peer, long now) {
        if (core.peers().knowsLeader()) {
            return;
        }
        long next = nextNanos.get();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
            ask(peer, now);
        }
    }

    private void ask(Peer peer, long now) {
        Lane<
                        PendingQuery<DescribeServerRequest, ServerDescription, String>,
                        DescribeServerRequest,
                        ServerDescription>
                lane =
                        new Lane<>(
                                core,
                                new SingleExchange<>(ServersGrpc.getDescribeMethod()),
                                Route.only(peer));
        PendingQuery<DescribeServerRequest, ServerDescription, String> call =
                new PendingQuery<>(
                        DescribeServerRequest.getDefaultInstance(), this::learn, now + PAUSE_NANOS);
        core.submit(lane, call, false);
    }

    private String learn(ServerDescription description) {
        String leader = description.getLeaderApiAddress();
        if (!leader.isEmpty() && !core.peers().knowsLeader()) {
            core.peers().at(Endpoint.parse(leader)).ifPresent(core.peers()::leads);
        }
        return leader;
    }
}
