package io.staddle.client;

import io.opentelemetry.api.OpenTelemetry;
import io.staddle.api.answer.Answer;
import io.staddle.api.command.Command;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Origin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A client of a Staddle deployment. One for a process is enough; it is safe for many threads.
///
/// It finds the leader by itself, follows it when it changes, and repeats what was not answered
/// until the deadline: commands are idempotent. Calls of the same moment travel together. It owns
/// one I/O thread, which [#close] ends.
///
/// ```java
/// try (StaddleClient client = StaddleClient.builder().endpoints("10.0.0.1:7400").build()) {
///     switch (client.grains().acquire(GrainId.parse("cart/42"), new ClusterId("eu-1"))) {
///         case Result.Done<Answer.Grant> done -> serve(done.value());
///         case Result.Refused<Answer.Grant> refused -> forward(refused.why());
///         case Result.Unknown<Answer.Grant> unknown -> tryAgain();
///     }
/// }
/// ```
public final class StaddleClient implements AutoCloseable {
    private final CallOptions options;
    private final Core core;

    private StaddleClient(ClientSettings settings, CallOptions options) {
        this.options = options;
        this.core = new Core(settings);
    }

    /// Returns a builder with a deadline of 5 s and the endpoints of `./staddle dev`.
    public static Builder builder() {
        return new Builder();
    }

    /// Returns what holds for calls unless other options are given.
    public CallOptions options() {
        return options;
    }

    /// Returns who owns what.
    public GrainDirectory grains() {
        return grains(options);
    }

    /// Returns who owns what, with other options for its calls.
    public GrainDirectory grains(CallOptions otherOptions) {
        return new GrainDirectory(new Calls(core, otherOptions));
    }

    /// Returns the clusters and the moves between them.
    public ClusterAdmin clusters() {
        return clusters(options);
    }

    /// Returns the clusters and the moves between them, with other options for its calls.
    public ClusterAdmin clusters(CallOptions otherOptions) {
        return new ClusterAdmin(new Calls(core, otherOptions));
    }

    /// Returns the queues of writes that clusters are to make up for.
    public ReplayQueues replay() {
        return replay(options);
    }

    /// Returns the queues of writes that clusters are to make up for, with other options for its
    /// calls.
    public ReplayQueues replay(CallOptions otherOptions) {
        return new ReplayQueues(new Calls(core, otherOptions));
    }

    /// Returns data nodes, groups and vShards.
    public RoutingAdmin routing() {
        return routing(options);
    }

    /// Returns data nodes, groups and vShards, with other options for its calls.
    public RoutingAdmin routing(CallOptions otherOptions) {
        return new RoutingAdmin(new Calls(core, otherOptions));
    }

    /// Makes a cache of who serves what, for callers of vShards.
    public RoutingCache routingCache() {
        return RoutingCache.of(routing());
    }

    /// Returns the migrations of vShards.
    public MigrationAdmin migrations() {
        return migrations(options);
    }

    /// Returns the migrations of vShards, with other options for its calls.
    public MigrationAdmin migrations(CallOptions otherOptions) {
        return new MigrationAdmin(new Calls(core, otherOptions));
    }

    /// Returns scopes and their barriers.
    public BarrierAdmin barriers() {
        return barriers(options);
    }

    /// Returns scopes and their barriers, with other options for its calls.
    public BarrierAdmin barriers(CallOptions otherOptions) {
        return new BarrierAdmin(new Calls(core, otherOptions));
    }

    /// Returns history, and watches of what is added to it.
    public EventLog events() {
        return events(options);
    }

    /// Returns history, and watches of what is added to it, with other options for its calls.
    public EventLog events(CallOptions otherOptions) {
        return new EventLog(core, new Calls(core, otherOptions));
    }

    /// Returns the servers themselves.
    public ServerAdmin servers() {
        return servers(options);
    }

    /// Returns the servers themselves, with other options for its calls.
    public ServerAdmin servers(CallOptions otherOptions) {
        return new ServerAdmin(new Calls(core, otherOptions));
    }

    /// Returns who may do what.
    public AccessAdmin access() {
        return access(options);
    }

    /// Returns who may do what, with other options for its calls.
    public AccessAdmin access(CallOptions otherOptions) {
        return new AccessAdmin(new Calls(core, otherOptions));
    }

    /// Begins to describe an agent that keeps a cluster alive in the eyes of the servers. One for a
    /// cluster is enough, and no more than one may be.
    public ClusterAgent.Builder agent(ClusterId cluster) {
        return new ClusterAgent.Builder(core.settings(), options, cluster);
    }

    /// Carries out any command, without waiting: what the other views are made of. See
    /// [AsyncGrainDirectory] for what holds for its future.
    public CompletableFuture<Result<Answer>> carryOut(Command command) {
        return new Calls(core, options).command(command, answer -> answer);
    }

    /// Ends all calls that have no answer with [StaddleClosedException], then the connections and
    /// the I/O thread. A second time it does nothing.
    @Override
    public void close() {
        core.close();
    }

    /// Collects what a client needs.
    public static final class Builder {
        /// How soon a changed certificate is used for new connections.
        public static final Duration RELOAD = Duration.ofSeconds(10);

        private List<Endpoint> endpoints =
                Endpoint.parseList("127.0.0.1:7400,127.0.0.1:7401,127.0.0.1:7402");
        private CallOptions options =
                new CallOptions(Duration.ofSeconds(5), Origin.NONE, Optional.empty());
        private int callsMax = 65_536;
        private Duration patience = Route.PATIENCE;
        private Security security = Security.NONE;
        private CallObserver observer = CallObserver.NONE;
        private CallSpans spans = CallSpans.NONE;

        private Builder() {}

        /// Sets the servers to begin with, written as `host:port,host:port,…`; others are learnt
        /// from them.
        ///
        /// @throws io.staddle.api.id.MalformedException if there is none, or one is malformed
        public Builder endpoints(String list) {
            endpoints = Endpoint.parseList(list);
            return this;
        }

        /// Sets the longest that a call takes, from 1 ms to 1 h.
        public Builder deadline(Duration deadline) {
            options = options.within(deadline);
            return this;
        }

        /// Sets who is recorded as the one who asked for a change.
        public Builder actor(String actor) {
            options = options.by(actor);
            return this;
        }

        /// Sets the authorities by which servers are known, a file in PEM, and has all connections
        /// encrypted. Without, nothing is.
        public Builder tls(Path authorities) {
            security = security.trusting(authorities);
            return this;
        }

        /// Sets the certificate by which the client is known to the servers, with what leads to its
        /// authority, and its private key: both in PEM, the key in PKCS#8. They are read again when
        /// they have changed, within [#RELOAD]. Needs [#tls].
        public Builder certificate(Path certificate, Path key) {
            security = security.certified(certificate, key);
            return this;
        }

        /// Sets the token by which the client is known to the servers. Needs [#tls].
        public Builder token(String token) {
            security = security.withToken(() -> token);
            return this;
        }

        /// Sets the file with the token by which the client is known to the servers. It is read
        /// again when it has changed, within a second. Needs [#tls].
        public Builder tokenFile(Path file) {
            security = security.withToken(TokenFile.open(file));
            return this;
        }

        /// Sets how many calls may be outstanding, queued or sent, 1 to 1,000,000. Beyond that an
        /// asynchronous call fails at once, and a blocking one waits.
        public Builder callsMax(int max) {
            if (max < 1 || max > 1_000_000) {
                throw new IllegalArgumentException("callsMax must be 1 to 1000000, but is " + max);
            }
            callsMax = max;
            return this;
        }

        /// Sets who is told of each call that has ended, its agents' included; the last one set is.
        public Builder observer(CallObserver newObserver) {
            observer = newObserver;
            return this;
        }

        /// Sets by what calls are traced: each is a span, part of what its caller is at, and
        /// servers that trace add what they do about it. Without, nothing is traced or sent.
        public Builder openTelemetry(OpenTelemetry openTelemetry) {
            spans = OpenTelemetrySpans.of(openTelemetry);
            return this;
        }

        /// Sets how long a server may take to answer before another one is asked.
        Builder patience(Duration newPatience) {
            patience = newPatience;
            return this;
        }

        /// Builds the client. It connects with its first call.
        ///
        /// @throws IllegalArgumentException if a file cannot be used, or there is a token or a
        ///     certificate without [#tls]
        public StaddleClient build() {
            return new StaddleClient(
                    new ClientSettings(
                            endpoints, callsMax, patience, security.checked(), observer, spans),
                    options);
        }
    }
}
