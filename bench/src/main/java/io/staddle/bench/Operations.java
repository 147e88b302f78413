package io.staddle.bench;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.client.AsyncGrainDirectory;
import io.staddle.client.Held;
import io.staddle.client.Result;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// The kinds of calls that are measured.
final class Operations {
    private static final GrainType FRESH = new GrainType("fresh");
    private static final ClusterId ACQUIRER = Grains.CLUSTERS[0];

    private final AsyncGrainDirectory directory;
    private final Grains grains;
    private final AtomicLong fresh = new AtomicLong(System.nanoTime());

    Operations(AsyncGrainDirectory directory, Grains grains) {
        this.directory = directory;
        this.grains = grains;
    }

    Operation named(String name) {
        return switch (name) {
            case "acquire" -> this::acquire;
            case "promote" -> this::promote;
            case "lookup" -> this::lookup;
            case "stale" -> this::stale;
            case "mixed" -> this::mixed;
            default -> throw new IllegalArgumentException("no operation is called " + name);
        };
    }

    /// A grain that nobody ever owned.
    CompletableFuture<Boolean> acquire() {
        GrainId grain = new GrainId(FRESH, Grains.key(fresh.incrementAndGet()));
        return directory
                .acquire(grain, ACQUIRER)
                .thenApply(result -> result instanceof Result.Done);
    }

    /// Another owner for a grain at random: a compare-and-set of owner and epoch.
    CompletableFuture<Boolean> promote() {
        int grain = grains.lend(random());
        Held seen = new Held(grains.id(grain), grains.owner(grain), grains.epoch(grain));
        return directory
                .promote(seen, grains.next(grain), Takeover.FROM_LIVE_OWNER)
                .handle((result, failure) -> {
                    boolean done = failure == null && promoted(grain, result);
                    if (done) {
                        grains.giveBack(grain);
                    } else {
                        askAgain(grain);
                    }
                    return done;
                });
    }

    CompletableFuture<Boolean> lookup() {
        return directory.lookup(grains.id(random())).thenApply(Ownership.Owned.class::isInstance);
    }

    CompletableFuture<Boolean> stale() {
        return directory
                .lookup(grains.id(random()), Consistency.STALE)
                .thenApply(answer -> answer.value() instanceof Ownership.Owned);
    }

    /// Nine lookups to one promotion.
    CompletableFuture<Boolean> mixed() {
        return ThreadLocalRandom.current().nextInt(10) == 0 ? promote() : lookup();
    }

    private int random() {
        return ThreadLocalRandom.current().nextInt(grains.count());
    }

    private boolean promoted(int grain, Result<Answer.Grant> result) {
        if (result instanceof Result.Done<Answer.Grant> done) {
            grains.note(grain, done.value().owner(), done.value().epoch());
            return true;
        }
        return false;
    }

    /// After an outcome that is not known the directory knows better.
    private void askAgain(int grain) {
        var _ =
                directory
                        .lookup(grains.id(grain))
                        .whenComplete((now, _) -> {
                            if (now instanceof Ownership.Owned owned) {
                                grains.note(grain, owned.by(), owned.epoch());
                            }
                            grains.giveBack(grain);
                        });
    }
}
