package io.staddle.server.agreement;

import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.api.refusal.Refusal;
import io.staddle.server.raft.Member;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Role;
import io.staddle.statemachine.state.Levels;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Knows which build each of the other servers is, and so which feature level all of them have:
/// asks them as often as [#pause] says. Who did not answer last time is not known.
///
/// The same question tells a server that it is not in the quorum any more.
public final class Builds {
    /// How often in a row a leader must say so: one that is being added may not be known yet.
    private static final int DISMISSED_LOOKS = 3;

    private static final Duration AT_FIRST = Duration.ofMillis(100);
    private static final Duration WHILE_UNSURE = Duration.ofMillis(500);
    private static final Duration WHEN_ALL_KNOWN = Duration.ofSeconds(2);

    /// How many looks are the first ones: a new deployment serves once each server is known.
    private static final int FIRST_LOOKS = 100;

    /// Lower in tests of what comes with a level.
    private static final int FIRST_MAX =
            Math.min(Levels.NEWEST, Integer.getInteger("staddle.test.first-level", Levels.NEWEST));

    private static final Logger LOG = LoggerFactory.getLogger(Builds.class);

    private final ServerId me;
    private final Quorum quorum;
    private final Map<ServerId, IntroduceAnswer> known = new ConcurrentHashMap<>();
    private int dismissals;
    private int looks;

    /// Asks on behalf of server `me`.
    public Builds(ServerId me, Quorum quorum) {
        this.me = me;
        this.quorum = quorum;
    }

    /// Returns how long to wait before the next [#look].
    public Duration pause() {
        if (first().isPresent()) {
            return dismissals == 0 ? WHEN_ALL_KNOWN : WHILE_UNSURE;
        }
        return looks < FIRST_LOOKS ? AT_FIRST : WHILE_UNSURE;
    }

    /// Asks once. To be called again and again, by one thread, which waits for the others.
    ///
    /// @return whether this server was taken out of the quorum
    public boolean look() {
        looks = Math.min(looks + 1, FIRST_LOOKS);
        Map<ServerId, CompletableFuture<IntroduceAnswer>> asked = new LinkedHashMap<>();
        for (Member other : quorum.roster().without(me)) {
            asked.put(other.id(), quorum.introduce(other.address()));
        }
        known.keySet().retainAll(asked.keySet());
        boolean dismissed = false;
        for (var each : asked.entrySet()) {
            Optional<IntroduceAnswer> answer =
                    each.getValue().thenApply(Optional::of).exceptionally(this::silent).join();
            answer.ifPresentOrElse(
                    said -> known.put(each.getKey(), said), () -> known.remove(each.getKey()));
            dismissed |= answer.filter(IntroduceAnswer::getDismissed).isPresent();
        }
        dismissals = dismissed && wasMember() ? dismissals + 1 : 0;
        return dismissals >= DISMISSED_LOOKS;
    }

    /// Returns what another server said when it was asked last.
    public Optional<IntroduceAnswer> of(ServerId other) {
        return Optional.ofNullable(known.get(other));
    }

    /// Refuses a level that not every server of the quorum is known to have.
    public Optional<Refusal> refuse(int level) {
        for (Member other : others()) {
            int newest = of(other.id()).map(IntroduceAnswer::getNewestLevel).orElse(0);
            if (newest < level) {
                return Optional.of(new Refusal.ServerTooOld(other.id().value(), level, newest));
            }
        }
        return Optional.empty();
    }

    /// Returns the level that a new deployment begins with, the highest that all servers have;
    /// empty if one does not say.
    public OptionalInt first() {
        int common = FIRST_MAX;
        for (Member other : others()) {
            Optional<IntroduceAnswer> said = of(other.id());
            if (said.isEmpty()) {
                return OptionalInt.empty();
            }
            common = Math.min(common, said.get().getNewestLevel());
        }
        return OptionalInt.of(common);
    }

    private List<Member> others() {
        return quorum.roster().without(me);
    }

    /// Ratis ends the part of a server that finds itself in no configuration.
    private boolean wasMember() {
        return quorum.roster().find(me).isPresent() || quorum.standing().role() == Role.STOPPED;
    }

    private Optional<IntroduceAnswer> silent(Throwable failure) {
        LOG.debug("a server did not say which build it is", failure);
        return Optional.empty();
    }
}
