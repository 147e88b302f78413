package io.staddle.server.front;

import io.staddle.server.raft.NotLeaderException;
import io.staddle.server.raft.QuorumUnavailableException;
import io.staddle.storage.StorageException;
import io.staddle.storage.StoreClosedException;

import org.slf4j.Logger;

import java.util.concurrent.CompletionException;

/// What a failure of the quorum means for a call.
public final class Failures {
    private Failures() {}

    /// Returns what ends a call because this server stops.
    public static UnansweredException stopping(Fate fate) {
        return stopping(fate, "this server stops");
    }

    /// Returns what to say to a caller for whom there is no room: nothing was done.
    public static UnansweredException overloaded(String what) {
        return UnansweredException.of(Reason.OVERLOADED, Fate.NONE, what);
    }

    /// Returns what to say to a caller whose request did not get to the leader, as far as is known.
    public static UnansweredException noWayToLeader(String why) {
        return UnansweredException.of(Reason.NO_QUORUM, Fate.NONE, why);
    }

    /// Returns what to say to the caller.
    ///
    /// @param fate what the caller may conclude, unless the failure says that nothing was done
    public static UnansweredException of(Throwable failure, Fate fate, Logger log) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> of(e.getCause(), fate, log);
            case UnansweredException e -> e;
            case NotLeaderException e -> UnansweredException.notLeader(Fate.NONE, e.leader());
            case QuorumUnavailableException e ->
                    UnansweredException.of(Reason.NO_QUORUM, fate, String.valueOf(e.getMessage()));
            case StoreClosedException _ ->
                    stopping(fate, "the store of this server is closed, or being replaced");
            case StorageException _ ->
                    stopping(fate, "this server ends: its data is damaged or its disk fails");
            default -> internal(failure, fate, log);
        };
    }

    /// Another server can answer.
    private static UnansweredException stopping(Fate fate, String message) {
        return UnansweredException.of(Reason.STOPPING, fate, message);
    }

    private static UnansweredException internal(Throwable failure, Fate fate, Logger log) {
        log.error("a call failed in a way it never should", failure);
        return UnansweredException.of(Reason.INTERNAL, fate, "internal failure: " + failure);
    }
}
