package io.staddle.server.raft;

import io.staddle.api.answer.Outcome;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.api.refusal.Refusal;
import io.staddle.server.config.ServerAddress;
import io.staddle.statemachine.ratis.StampClock;
import io.staddle.storage.Digest;
import io.staddle.storage.StoreFigure;
import io.staddle.storage.View;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// One server's seat in the quorum.
///
/// Its futures complete on threads that must not be held up: whoever waits hands on.
public interface Quorum extends AutoCloseable {
    /// Commits one log entry with these commands, in order; one outcome each.
    ///
    /// Fails with [NotLeaderException] if surely nothing was appended, and with anything else,
    /// such as [QuorumUnavailableException], if the commands may be decided all the same.
    CompletableFuture<List<Outcome>> propose(List<PreparedCommand> commands);

    /// Completes when a view taken afterwards shows every command answered before this call.
    /// Works on any server. Fails with [QuorumUnavailableException].
    CompletableFuture<Void> linearize();

    /// Returns the state as it is here; the caller must close it. Its position is the index for
    /// the header of an answer.
    View view();

    /// Has `listener` called after entries were applied, on the thread that applies: it must not
    /// hold it up.
    void onApplied(Runnable listener);

    /// Returns what this server knows of itself and of who leads. Cheap.
    Standing standing();

    /// Returns how far each follower's log is, as a leader knows it; on other servers nothing.
    Map<ServerId, Long> matchIndexes();

    /// Returns the term in which this server leads and is ready to; empty if it is not. For what is
    /// asked thousands of times a second.
    OptionalLong leadingTerm();

    /// Returns who leads, if that is known. For what is asked thousands of times a second.
    Optional<ServerId> leader();

    /// Returns the clock that the leader stamps entries with; never behind what was applied here.
    StampClock clock();

    /// Hands leadership over, if this server leads.
    ///
    /// @param to empty for whoever is furthest
    CompletableFuture<ServerId> transferLeadership(Optional<ServerId> to, Duration timeout);

    /// Has this server follow, if it leads; the others elect whom they like.
    CompletableFuture<Void> stepDown(Duration timeout);

    /// Returns who is in the quorum. For what is asked thousands of times a second.
    Roster roster();

    /// Returns what this server knows of the others if it leads; else nothing.
    List<Follower> followers();

    /// Changes who is in the quorum, if this server leads. Answers with what it met, or nothing.
    ///
    /// @param by who asked and why, for history
    CompletableFuture<Optional<Refusal>> change(MemberChange change, Origin by);

    /// Has history tell who is in the quorum, if this server leads and that has changed since it
    /// was noted last. Completes when that is done, or cannot be done now; it never fails.
    CompletableFuture<Void> noteMembers();

    /// Asks another server which build it is.
    CompletableFuture<IntroduceAnswer> introduce(ServerAddress other);

    /// Takes a snapshot now and returns its index.
    CompletableFuture<Long> snapshot();

    /// Writes a whole copy of the state as it is here to `target`, while entries go on being
    /// applied.
    ///
    /// @param target on the disk of the data; must not exist
    /// @throws io.staddle.storage.StorageException if the disk fails, or the state is replaced at
    ///     that moment
    void checkpoint(Path target);

    /// Takes a snapshot, in the background, if the log has grown enough since the last. To be
    /// called every second.
    void keepLogShort();

    /// Recomputes the digest from all rows, in time proportional to the data.
    Digest verify();

    /// Returns a figure of the database, in constant time.
    ///
    /// @throws io.staddle.storage.StorageException while a snapshot is being installed
    long figure(StoreFigure figure);

    /// Ends this server, a moment later, if a failure to read a view says that what it stores is
    /// damaged or cannot be read. Whoever reads a view hands every failure to it.
    void readFailed(Throwable failure);

    /// Returns what servers ask each other to see whether their states are equal.
    DigestExchange digests();

    /// Returns what answers the other servers; to be served on the API port.
    PeerApi peers();

    /// Leaves: stops the log, flushes and closes the store.
    @Override
    void close();
}
