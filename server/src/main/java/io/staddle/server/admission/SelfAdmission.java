package io.staddle.server.admission;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.model.Origin;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.data.Identity;
import io.staddle.server.exit.ExitCode;
import io.staddle.server.exit.Halt;
import io.staddle.server.peer.PeerChannels;
import io.staddle.server.peer.PeerMethod;
import io.staddle.server.raft.Member;
import io.staddle.server.raft.Quorum;
import io.staddle.server.tls.Tls;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.StoreClosedException;
import io.staddle.storage.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes this server and its data directory known to the quorum, and halts it if the quorum knows
/// another directory under its name.
///
/// Each server, leader or not, sends the command to the leader's API: one way for all.
public final class SelfAdmission implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SelfAdmission.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    /// A new deployment serves once its servers are known: at first it is asked more often.
    private static final Duration PERIOD_AT_FIRST = Duration.ofMillis(100);

    private static final int TRIES_AT_FIRST = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final PeerMethod<WriteBatch, WriteBatchAnswer> WRITE =
            PeerMethod.of(BatchGrpc.getWriteMethod());

    private final Optional<Tls> tls;
    private final Identity mine;
    private final Quorum quorum;
    private final Halt halt;
    private final Thread thread;

    private SelfAdmission(Optional<Tls> tls, Identity mine, Quorum quorum, Halt halt) {
        this.tls = tls;
        this.mine = mine;
        this.quorum = quorum;
        this.halt = halt;
        thread = Thread.ofVirtual().name("self-admission").unstarted(this::repeat);
    }

    /// Starts; it ends by itself when the server is known.
    ///
    /// @param tls by which servers know each other; empty for none
    public static SelfAdmission start(Optional<Tls> tls, Identity mine, Quorum quorum, Halt halt) {
        SelfAdmission admission = new SelfAdmission(tls, mine, quorum, halt);
        admission.thread.start();
        return admission;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void repeat() {
        try {
            for (int tries = 0; !isMember() || !isAdmitted(); tries++) {
                if (isMember()) {
                    leader().ifPresent(this::send);
                }
                Thread.sleep(tries < TRIES_AT_FIRST ? PERIOD_AT_FIRST : PERIOD);
            }
            LOG.info("the quorum knows server {} as {}", mine.server(), mine.incarnation());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (StoreClosedException stopped) {
            LOG.debug("the server stopped before the quorum knew it", stopped);
        }
    }

    /// Who is being added is let in by who adds it.
    private boolean isMember() {
        return quorum.roster().find(mine.server()).isPresent();
    }

    /// Tells whether the quorum knows this server and its directory; halts it if it knows another.
    private boolean isAdmitted() throws InterruptedException {
        Optional<ServerRecord> known = known();
        if (known.isPresent() && !isMine(known.get()) && isUpToDate()) {
            known = known();
            known.filter(record -> !isMine(record))
                    .ifPresent(record -> haltReplaced(record.incarnation()));
        }
        return known.filter(this::isMine).isPresent();
    }

    private boolean isMine(ServerRecord record) {
        return record.incarnation().equals(mine.incarnation());
    }

    /// A server that replaces another one reads the whole log, in which it is not known yet.
    private boolean isUpToDate() throws InterruptedException {
        try {
            quorum.linearize().get(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException notNow) {
            return false;
        }
    }

    private Optional<ServerRecord> known() {
        try (View view = quorum.view()) {
            return new Queries(view).server(mine.server());
        }
    }

    private Optional<ServerAddress> leader() {
        return quorum.leader().flatMap(quorum.roster()::find).map(Member::address);
    }

    private void send(ServerAddress leader) {
        AdminCommand admit = new AdminCommand.AdmitServer(mine.server(), mine.incarnation());
        Origin origin = new Origin("staddle/" + mine.server(), "start", "");
        WriteBatch batch =
                WriteBatch.newBuilder().addCommands(CommandCodec.encode(admit, origin)).build();
        try (PeerChannels channels = new PeerChannels(tls, PATIENCE)) {
            Outcome outcome =
                    channels.to(leader).call(WRITE, batch, answer -> answer.getOutcomes(0)).join();
            if (outcome.getRefusal().getCode().equals("SERVER_REPLACED")) {
                haltReplaced(outcome.getRefusal().getFactsOrDefault("known", "another one"));
            }
        } catch (CompletionException notNow) {
            LOG.debug("leader {} did not admit this server yet", leader.id(), notNow);
        }
    }

    private void haltReplaced(String known) {
        String why = String.valueOf(Replaced.of(mine, known, "the quorum").getMessage());
        halt.halt(ExitCode.DATA_REFUSED, why);
    }
}
