import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.model.ClusterProfile;
import io.staddle.client.ClusterAgent;
import io.staddle.client.ClusterAgentListener;
import io.staddle.client.FencedBecause;
import io.staddle.client.ReplayDraft;
import io.staddle.client.ReplayProducer;
import io.staddle.client.ReplayReceipt;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.Standing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What stands for a whole region: its [ClusterAgent], and what the region's silos ask for it.
///
/// A silo may act as an owner only with a *permit*, which is good for half a second from when the
/// silo asked for it, on the silo's own monotonic clock. Once fenced, this gives no more of them,
/// and waits until the last one that it gave has run out; only then is the fence acknowledged. So
/// all silos have let go by then, also one that is dead, cut off, or frozen: nobody has to answer.
///
/// The agent's margin covers the permits: half a second after the agent has fenced itself for
/// silence the servers have not yet given anything away.
final class Region implements ClusterAgentListener, AutoCloseable {
    static final Duration PERMIT = Duration.ofMillis(500);
    private static final Duration MARGIN = PERMIT.plusMillis(300);

    private final StaddleClient client;
    private final ClusterId cluster;
    private final ClusterAgent agent;
    private final LineServer server;
    private final Map<ClusterId, ReplayProducer> producers = new ConcurrentHashMap<>();

    /// What the cluster may act behind; empty while it is fenced.
    private volatile Optional<Fence> fence = Optional.empty();

    /// Starts it; silos find it by the file `CLUSTER.port`.
    Region(StaddleClient client, ClusterId cluster, Path directory) throws IOException {
        this.client = client;
        this.cluster = cluster;
        this.agent =
                client.agent(cluster)
                        .profile(new ClusterProfile(cluster.value(), "", 0, true))
                        .margin(MARGIN)
                        .start(this);
        this.server = LineServer.start(directory.resolve(cluster + ".port"), this::answer);
    }

    @Override
    public void healthy(Fence now) {
        IO.println("healthy behind fence " + now);
        fence = Optional.of(now);
    }

    @Override
    public void fenced(FencedBecause why) {
        IO.println("fenced: " + why);
        fence = Optional.empty();
        try {
            Thread.sleep(PERMIT);
        } catch (InterruptedException stop) {
            throw new IllegalStateException("permits may be out there", stop);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        agent.close();
    }

    private String answer(String line) {
        String[] words = line.split(" ", -1);
        return switch (words[0]) {
            case "permit" -> permit();
            case "missed" -> missed(new ClusterId(words[1]), words[2], words[3]);
            default -> "not understood";
        };
    }

    /// The standing is asked each time: this process may have been frozen a moment ago.
    private String permit() {
        Optional<Fence> behind = fence;
        return behind.isPresent() && agent.standing() != Standing.FENCED
                ? "behind " + behind.get().value()
                : "fenced";
    }

    /// Puts a write into the queue of the region that has missed it. There is one producer for all
    /// silos of this region, because a queue takes one at a time from an origin.
    private String missed(ClusterId target, String grain, String value) {
        ReplayProducer producer =
                producers.computeIfAbsent(target, each -> client.replay().producer(each, cluster));
        try {
            Result<ReplayReceipt> result =
                    producer.append(ReplayDraft.of(grain, ByteString.copyFromUtf8(value)));
            return result instanceof Result.Done<ReplayReceipt> ? "done" : "again: " + result;
        } catch (StaddleException tryAgain) {
            return "again: " + tryAgain.getMessage();
        }
    }
}
