package io.staddle.client.recipe;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.Held;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.StaddleRefusedException;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Membership of a group, as long as it is renewed: each member is a grain with a lease.
///
/// Whoever wants to know the members asks ([#members]), or is told of each change ([#watch]); it
/// need not be one.
public final class GroupMembership implements AutoCloseable {
    private static final int RENEWALS_PER_LEASE = 3;
    private static final long RETRY_MILLIS = 100;

    private final StaddleClient client;
    private final Member self;
    private final Held seat;
    private final CompletableFuture<Refusal> lost = new CompletableFuture<>();
    private final Thread renewal;

    private GroupMembership(StaddleClient client, Member self, Held seat) {
        this.client = client;
        this.self = self;
        this.seat = seat;
        renewal = Thread.ofVirtual().name("group-membership").start(this::renew);
    }

    /// Becomes a member. Its cluster must be registered and healthy.
    ///
    /// @throws StaddleRefusedException if it cannot: somebody of another cluster has the name
    public static GroupMembership join(StaddleClient client, Member self) {
        Answer.Grant grant =
                client.grains().acquire(self.grain(), self.cluster(), self.lease()).orThrow();
        // It may have been there with a lease that is about to end.
        client.grains().renew(Held.by(grant), self.lease()).orThrow();
        return new GroupMembership(client, self, Held.by(grant));
    }

    /// Returns the names of all members, linearizably page by page.
    public static SortedSet<String> members(StaddleClient client, GrainType group) {
        return client
                .grains()
                .list(new GrainFilter.OfType(group, ""), Consistency.LINEARIZABLE)
                .stream()
                .filter(Ownership.Owned.class::isInstance)
                .map(member -> member.grain().key())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Tells the members at the beginning, after each change, and now and then, until it is closed.
    /// Changes that follow one another closely may be told together.
    public static GroupWatch watch(
            StaddleClient client, GrainType group, Consumer<SortedSet<String>> listener) {
        return new GroupWatch(client, group, listener);
    }

    /// Completed with the reason when it is not a member any more, though it was not closed.
    public CompletableFuture<Refusal> lost() {
        return lost.copy();
    }

    /// Leaves. If the servers cannot be reached the lease ends by itself.
    @Override
    public void close() {
        renewal.interrupt();
        try {
            renewal.join();
            if (!lost.isDone()) {
                client.grains().release(seat);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (StaddleException unreachable) {
            lost.cancel(false);
        }
    }

    private void renew() {
        long pause = self.lease().toMillis() / RENEWALS_PER_LEASE;
        try {
            while (true) {
                Thread.sleep(pause);
                pause = isRenewed() ? self.lease().toMillis() / RENEWALS_PER_LEASE : RETRY_MILLIS;
                if (lost.isDone()) {
                    return;
                }
            }
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRenewed() {
        try {
            Result<Answer.Grant> result = client.grains().renew(seat, self.lease());
            if (result instanceof Result.Refused<Answer.Grant> refused) {
                lost.complete(refused.why());
            }
            return result instanceof Result.Done<Answer.Grant>;
        } catch (StaddleException nobodyThere) {
            return false;
        }
    }
}
