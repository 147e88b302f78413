package io.staddle.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Whom the calls of a lane are sent to, how many at a time, and when to ask another.
///
/// @param to whom
/// @param attemptsMax how many requests may be under way
/// @param callsMax how many calls may be in a request
/// @param patienceNanos how long a server may take to answer before another one is asked
/// @param repeats whether a failure may be followed by another attempt
record Route(To to, int attemptsMax, int callsMax, long patienceNanos, boolean repeats) {
    /// Whom.
    sealed interface To {
        /// The leader alone carries it out.
        record Leader() implements To {}

        /// Any server answers, the leader soonest.
        record LeaderFirst() implements To {}

        /// Any server answers as well as another.
        record Any() implements To {}

        /// Any server, which passes it on to the leader: the same one while it does.
        record Follower() implements To {}

        /// Nobody but this one.
        record Only(Peer peer) implements To {}
    }

    /// An election is under way by then, if it is the leader that hangs; a pause of a busy server
    /// is over.
    static final Duration PATIENCE = Duration.ofMillis(500);

    private static final long LONG_PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final long ENDLESS = TimeUnit.DAYS.toNanos(1);

    /// Many commands in few requests.
    static final Route COMMANDS = new Route(new To.Leader(), 2, 512, PATIENCE.toNanos(), true);

    /// Thousands of commands at a time: as many as fill a log entry of a server, and another.
    static final Route BULK = new Route(new To.Leader(), 2, 2_048, PATIENCE.toNanos(), true);

    /// Many linearizable queries in few requests.
    static final Route LINEARIZABLE =
            new Route(new To.LeaderFirst(), 2, 512, PATIENCE.toNanos(), true);

    /// Many stale queries in few requests, spread over the servers.
    static final Route STALE = new Route(new To.Any(), 3, 512, PATIENCE.toNanos(), true);

    /// One query that may take long, such as a page of a list.
    static final Route QUERY = new Route(new To.LeaderFirst(), 1, 1, LONG_PATIENCE, true);

    /// One query that any server answers.
    static final Route ANY = new Route(new To.Any(), 1, 1, LONG_PATIENCE, true);

    /// One sign of life, which any server takes.
    static final Route BEAT = new Route(new To.Follower(), 1, 1, PATIENCE.toNanos(), true);

    /// One request to the leader that takes as long as it takes.
    static final Route LEADER = new Route(new To.Leader(), 1, 1, ENDLESS, true);

    /// One request to one server.
    static Route only(Peer peer) {
        return new Route(new To.Only(peer), 1, 1, ENDLESS, false);
    }

    /// Returns the same route with another patience.
    Route waiting(Duration patience) {
        return new Route(to, attemptsMax, callsMax, patience.toNanos(), repeats);
    }

    Peer choose(Peers peers, long now) {
        return switch (to) {
            case To.Leader same -> peers.leaderOrNext(now);
            case To.LeaderFirst same -> peers.leaderOrNext(now);
            case To.Any same -> peers.next(now);
            case To.Follower same -> peers.followerOrNext(now);
            case To.Only only -> only.peer();
        };
    }
}
