package io.staddle.server;

import com.google.protobuf.MessageLite;

import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.Consistency;
import io.staddle.api.v1.DescribeServerRequest;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.ReadBatchAnswer;
import io.staddle.api.v1.ServerDescription;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.peer.PeerChannel;
import io.staddle.server.peer.PeerChannels;
import io.staddle.server.peer.PeerMethod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What clients ask of the servers of [Training]. Each call goes to all of them: those that do not
/// lead have to refuse some.
final class TrainingCalls implements AutoCloseable {
    private static final PeerMethod<WriteBatch, WriteBatchAnswer> WRITE =
            PeerMethod.of(BatchGrpc.getWriteMethod());
    private static final PeerMethod<ReadBatch, ReadBatchAnswer> READ =
            PeerMethod.of(BatchGrpc.getReadMethod());
    private static final PeerMethod<DescribeServerRequest, ServerDescription> DESCRIBE =
            PeerMethod.of(ServersGrpc.getDescribeMethod());

    private static final int ROUNDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LEADER_SECONDS = 60;
    private static final long PAUSE_MILLIS = 50;

    private final PeerChannels channels;
    private final List<HostPort> addresses;
    private final List<PeerChannel> servers;

    private TrainingCalls(PeerChannels channels, List<HostPort> addresses) {
        this.channels = channels;
        this.addresses = addresses;
        servers = addresses.stream().map(channels::to).toList();
    }

    static TrainingCalls to(List<ServerConfig> configs) {
        List<HostPort> addresses = configs.stream().map(ServerConfig::api).toList();
        return new TrainingCalls(new PeerChannels(PATIENCE), addresses);
    }

    /// Makes them, once a server leads.
    void make() throws InterruptedException {
        awaitLeader();
        Consistency stale =
                Consistency.newBuilder().setStale(Consistency.Stale.getDefaultInstance()).build();
        for (int round = 0; round < ROUNDS; round++) {
            all(WRITE, TrainingRequests.acquire(round));
            all(WRITE, TrainingRequests.promote(round));
            all(READ, TrainingRequests.lookUp(round, stale));
        }
        // Apart from the writes: after each one a follower would wait for the next beat.
        for (int round = 0; round < ROUNDS; round++) {
            all(READ, TrainingRequests.lookUp(round, Consistency.getDefaultInstance()));
        }
        all(DESCRIBE, DescribeServerRequest.getDefaultInstance());
        addresses.forEach(TrainingCalls::probe);
    }

    @Override
    public void close() {
        channels.close();
    }

    /// As a browser or an orchestrator asks: not by gRPC.
    private static void probe(HostPort api) {
        try {
            URL readyz = URI.create("http://" + api + "/readyz").toURL();
            ((HttpURLConnection) readyz.openConnection()).getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLeader() throws InterruptedException {
        long start = System.nanoTime();
        while (all(WRITE, TrainingRequests.register()) == 0) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LEADER_SECONDS)) {
                throw new IllegalStateException("no server leads");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /// Calls all servers and returns how many gave an answer.
    private <Q extends MessageLite, A extends MessageLite> long all(
            PeerMethod<Q, A> method, Q request) {
        List<CompletableFuture<Boolean>> calls =
                servers.stream()
                        .map(server -> server.call(method, request, _ -> true))
                        .map(call -> call.exceptionally(_ -> false))
                        .toList();
        return calls.stream().filter(CompletableFuture::join).count();
    }
}
