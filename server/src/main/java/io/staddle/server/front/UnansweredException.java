package io.staddle.server.front;

import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.server.config.ServerAddress;

import java.io.Serial;
import java.util.Optional;

/// Says that a call got no answer, why, and what its caller may conclude.
///
/// It has no stack trace: an overloaded server makes many.
public final class UnansweredException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final Reason reason;
    private final Fate fate;
    private final transient Optional<ServerAddress> leader;
    private final transient Optional<Refusal> refusal;

    private UnansweredException(
            Reason reason, Fate fate, String message, Optional<ServerAddress> leader) {
        super(message, null, false, false);
        this.reason = reason;
        this.fate = fate;
        this.leader = leader;
        refusal = Optional.empty();
    }

    private UnansweredException(Reason reason, Refusal refusal) {
        super(RefusalText.of(refusal).message(), null, false, false);
        this.reason = reason;
        this.refusal = Optional.of(refusal);
        fate = Fate.NONE;
        leader = Optional.empty();
    }

    static UnansweredException of(Reason reason, Fate fate, String message) {
        return new UnansweredException(reason, fate, message, Optional.empty());
    }

    static UnansweredException notLeader(Fate fate, Optional<ServerAddress> leader) {
        String where = leader.map(each -> each.id() + " at " + each.api()).orElse("not known");
        return new UnansweredException(
                Reason.NOT_LEADER,
                fate,
                "this server does not lead; the leader is " + where,
                leader);
    }

    /// Says that there is no such state to answer from.
    public static UnansweredException noSuchState(Refusal why) {
        return new UnansweredException(Reason.NO_SUCH_STATE, why);
    }

    /// Returns why there is no state to answer from; empty if that is not the point.
    public Optional<Refusal> refusal() {
        return refusal;
    }

    /// Returns why there is no answer.
    public Reason reason() {
        return reason;
    }

    /// Returns what the caller may conclude.
    public Fate fate() {
        return fate;
    }

    /// Returns who leads; empty if that is not the point, or not known.
    public Optional<ServerAddress> leader() {
        return leader;
    }

    /// Returns the same, but of a call of which a part may have been done.
    UnansweredException withFate(Fate other) {
        return other == fate
                ? this
                : new UnansweredException(reason, other, String.valueOf(getMessage()), leader);
    }
}
