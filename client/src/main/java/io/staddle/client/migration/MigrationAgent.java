package io.staddle.client.migration;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeAddress;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Runs beside a data node, and has its data plane carry out what Staddle decides about migrations.
///
/// It registers this life of the node and beats; it looks for migrations that name the node, as
/// source or as target, does through [MigrationDataPlane] what their phase asks for, reports how
/// far that has got, and confirms fences. Both nodes do everything: what one cannot, the other may.
/// And it has who was taken out of a group of the node, or the node itself, leave it.
///
/// It keeps nothing of its own. It may be killed at any time and started again, with a higher
/// incarnation: a migration that meant the life before as its target is given up by Staddle, and
/// undone by this one. While Staddle is away everything stays as it is, paused writes too: nobody
/// knows then who serves the vShard. When another life of the node has registered, it ends.
///
/// It makes calls through a client that it does not own: that one is closed after it.
public final class MigrationAgent implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MigrationAgent.class.getName());
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final NodeLife life;
    private final MigrationWatch migrations;
    private final RemovalWatch removals;
    private final Alarm alarm;
    private final NodePulse pulse;
    private final Thread beating;
    private final Thread watching;
    private volatile boolean superseded;

    private MigrationAgent(Builder from) {
        life = new NodeLife(from.node, from.address, from.incarnation);
        migrations = new MigrationWatch(life, from.plane, from.client);
        removals = new RemovalWatch(life, from.plane, from.client);
        alarm = new Alarm(life, from.client, migrations::hear);
        pulse =
                new NodePulse(
                        life,
                        from.client.routing(from.client.options().within(DEADLINE)),
                        this::supersede);
        beating =
                repeat(
                        "beats-" + from.node,
                        () -> attempt(pulse::beat),
                        () -> Thread.sleep(from.beatEvery));
        watching = repeat("migrations-" + from.node, this::look, () -> alarm.await(from.lookEvery));
    }

    /// Begins to describe an agent.
    ///
    /// @param address where the data node is reached; for those who are routed to it
    public static Builder of(
            StaddleClient client, NodeId node, NodeAddress address, MigrationDataPlane plane) {
        return new Builder(client, node, address, plane);
    }

    /// Collects what an agent needs.
    public static final class Builder {
        private final StaddleClient client;
        private final NodeId node;
        private final NodeAddress address;
        private final MigrationDataPlane plane;
        private long incarnation = System.currentTimeMillis();
        private Duration beatEvery = Duration.ofSeconds(1);
        private Duration lookEvery = Duration.ofSeconds(2);

        private Builder(
                StaddleClient client, NodeId node, NodeAddress address, MigrationDataPlane plane) {
            this.client = client;
            this.node = node;
            this.address = address;
            this.plane = plane;
        }

        /// Sets what the node calls this life of its own: higher after each restart, at least 1.
        /// The time in milliseconds unless set.
        public Builder incarnation(long newIncarnation) {
            if (newIncarnation < 1) {
                throw new IllegalArgumentException(
                        "incarnation must be 1 or more, but is " + newIncarnation);
            }
            incarnation = newIncarnation;
            return this;
        }

        /// Sets how often it beats, 10 ms to 1 h: several times within
        /// `node.suspect-after-millis`. A second unless set.
        public Builder beatEvery(Duration period) {
            beatEvery = checked("the period of beats", period);
            return this;
        }

        /// Sets how often it looks for migrations that begin though no event has told of one, 10 ms
        /// to 1 h; those that it knows it looks at far more often. 2 s unless set.
        public Builder lookEvery(Duration period) {
            lookEvery = checked("the period of looking", period);
            return this;
        }

        /// Starts the agent. It returns at once.
        public MigrationAgent start() {
            MigrationAgent agent = new MigrationAgent(this);
            agent.beating.start();
            agent.watching.start();
            return agent;
        }

        private static Duration checked(String what, Duration period) {
            if (period.toMillis() < 10 || period.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException(
                        what + " must be 10 ms to 1 h, but is " + period);
            }
            return period;
        }
    }

    /// Returns what the node calls this life of its own.
    public long incarnation() {
        return life.incarnation();
    }

    /// Tells whether a later life of the node has registered: then this agent has ended.
    public boolean isSuperseded() {
        return superseded;
    }

    /// Ends it, and waits for calls of the data plane that have begun. Staddle is told nothing: the
    /// node stays what it is.
    @Override
    public void close() {
        beating.interrupt();
        watching.interrupt();
        join(beating);
        join(watching);
        closeAll();
    }

    private void closeAll() {
        alarm.close();
        migrations.close();
        removals.close();
    }

    private void look() {
        attempt(alarm::set);
        attempt(migrations::look);
        attempt(removals::look);
    }

    private void supersede() {
        superseded = true;
        LOG.log(
                Level.WARNING,
                "another life of node {0} has registered: incarnation {1} ends",
                life.node(),
                life.incarnation());
        beating.interrupt();
        watching.interrupt();
        Thread.ofVirtual().start(this::closeAll);
    }

    /// What is waited for between two times.
    private interface Rest {
        void take() throws InterruptedException;
    }

    private static Thread repeat(String name, Runnable action, Rest rest) {
        return Thread.ofVirtual()
                .name(name)
                .unstarted(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        action.run();
                        try {
                            rest.take();
                        } catch (InterruptedException stop) {
                            Thread.currentThread().interrupt();
                        }
                    }
                });
    }

    private static void attempt(Runnable action) {
        try {
            action.run();
        } catch (StaddleException away) {
            LOG.log(Level.DEBUG, "{0}: {1}", Thread.currentThread().getName(), away.getMessage());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
