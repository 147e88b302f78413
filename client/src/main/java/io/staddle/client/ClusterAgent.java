package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterProfile;

import java.time.Duration;

/// Keeps a cluster alive in the eyes of the servers, and tells it when it may not act as an owner
/// any more: before the servers could have given away what it owns.
///
/// It registers the cluster, beats as often as the servers ask it to, and counts on a monotonic
/// clock for how long the last answer is good. When that time ends, less a margin, the cluster is
/// SUSPECT, and before the grace period has ended it is FENCED: [GrainHandle]s are not usable from
/// that moment on, even if the process was paused and nobody looked. The listener then lets go of
/// everything; when it has, the agent acknowledges the fence, and goes on as soon as the servers
/// let it.
///
/// One agent stands for the whole cluster: when its listener returns from
/// [ClusterAgentListener#fenced], all members of the cluster must have let go.
///
/// The margin covers clocks that run at different rates, and a leader that has been deposed and
/// answers beats until it notices. It does not cover a virtual machine that is suspended together
/// with its clock: only stores that check tokens do.
///
/// It has its own connections and threads: neither a full [StaddleClient] nor a listener that
/// blocks keeps it from beating.
public final class ClusterAgent implements AutoCloseable {
    /// The next beat is as good as one that is not answered by then.
    private static final Duration BEAT_DEADLINE = Duration.ofSeconds(2);

    private final ClusterId cluster;
    private final Core core;
    private final GrainDirectory grains;
    private final AgentState state;
    private final AgentCallbacks callbacks;
    private final Beater beater;

    private ClusterAgent(Builder from, ClusterAgentListener listener) {
        AgentOptions options =
                new AgentOptions(
                        from.profile, from.incarnation, from.marginMillis, System::nanoTime);
        this.cluster = from.cluster;
        this.core = new Core(from.settings);
        this.grains = new GrainDirectory(new Calls(core, from.options));
        this.callbacks = new AgentCallbacks("staddle-agent-listener", listener, this::letGo);
        this.state = new AgentState(options.clock(), options.marginMillis(), callbacks::accept);
        Calls beats = new Calls(core, from.options.within(BEAT_DEADLINE));
        this.beater = new Beater(cluster, options, beats, state);
    }

    /// Collects what an agent needs.
    public static final class Builder {
        private final ClientSettings settings;
        private final CallOptions options;
        private final ClusterId cluster;
        private ClusterProfile profile = new ClusterProfile("", "", 0, true);
        private long incarnation = System.currentTimeMillis();
        private long marginMillis = -1;

        Builder(ClientSettings settings, CallOptions options, ClusterId cluster) {
            this.settings = settings;
            this.options = options;
            this.cluster = cluster;
        }

        /// Sets what the cluster registers with, if it is not known yet.
        public Builder profile(ClusterProfile newProfile) {
            profile = newProfile;
            return this;
        }

        /// Sets what the cluster calls this life of its own: higher after each restart, at least 1.
        /// The time in milliseconds unless set.
        public Builder incarnation(long newIncarnation) {
            if (newIncarnation < 1) {
                throw new IllegalArgumentException(
                        "incarnation must be 1 or more, but is " + newIncarnation);
            }
            incarnation = newIncarnation;
            return this;
        }

        /// Sets how much sooner than the servers the cluster decides that it is suspect or fenced,
        /// 0 to 1 h; at most half of the time until SUSPECT is taken. A tenth of that time unless
        /// set, but at least the interval of the beats.
        public Builder margin(Duration margin) {
            if (margin.isNegative() || margin.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("margin must be 0 to 1 h, but is " + margin);
            }
            marginMillis = margin.toMillis();
            return this;
        }

        /// Starts the agent. It returns at once: what the servers say, the listener is told.
        public ClusterAgent start(ClusterAgentListener listener) {
            ClusterAgent agent = new ClusterAgent(this, listener);
            agent.callbacks.start();
            agent.beater.start();
            return agent;
        }
    }

    /// Tells whether the cluster may act as an owner, as of this moment.
    public Standing standing() {
        return state.standing();
    }

    /// Tells how the agent is connected.
    public ConnectionState connection() {
        return state.connection();
    }

    /// Makes the cluster the owner of a grain, or finds that it is, and waits for the answer as
    /// [GrainDirectory#acquire(GrainId, ClusterId)] does. The handle is not usable if the cluster
    /// was fenced before the answer came.
    public Result<GrainHandle> acquire(GrainId grain) {
        long tenure = state.tenure();
        return grains.acquire(grain, cluster).map(grant -> new GrainHandle(state, grant, tenure));
    }

    /// Returns a handle for what the cluster was granted otherwise, as by an asynchronous call.
    ///
    /// @param grant of this agent's cluster
    public GrainHandle handle(Answer.Grant grant) {
        if (!grant.owner().equals(cluster)) {
            throw new IllegalArgumentException(
                    "a grant to " + cluster + " was expected, but it is to " + grant.owner());
        }
        return new GrainHandle(state, grant, state.tenure());
    }

    /// Reports whether the cluster reaches another one. It goes out with each beat until it is
    /// replaced, or 15 s old: whoever goes on seeing it has to go on reporting.
    public void report(ClusterId other, boolean reachable) {
        beater.sightings().report(other, reachable);
    }

    /// Reports how far the data of the cluster is behind; it goes out with each beat from now on.
    public void reportLag(Duration lag) {
        beater.reportLag(lag);
    }

    /// Ends it: handles are not usable any more, the listener is told to let go, and when it has
    /// returned the threads and connections are closed. The servers are told nothing: the cluster
    /// stays what it is, until another agent goes on beating or it becomes suspect.
    @Override
    public void close() {
        beater.close();
        state.close();
        callbacks.close();
        core.close();
    }

    private void letGo() {
        state.letGo();
        beater.beatNow();
    }
}
