package io.staddle.client.cache;

import io.staddle.api.event.Before;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.GrantCause;
import io.staddle.api.event.ReleaseCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Holding;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Since;
import io.staddle.client.Watched;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Few grains that change at random, as the servers would have them: each state after each command,
/// and what a watch tells of it.
final class GrainWorld {
    static final GrainType TYPE = new GrainType("cart");
    static final List<GrainId> GRAINS =
            IntStream.range(0, 5).mapToObj(i -> new GrainId(TYPE, Integer.toString(i))).toList();

    private static final List<ClusterId> CLUSTERS =
            List.of(new ClusterId("eu"), new ClusterId("us"), new ClusterId("ap"));
    private static final Since SINCE = new Since(Revision.NONE, 0);
    private static final int COMMANDS_MAX = 3;

    private final Random random;
    private final Map<GrainId, Ownership> now = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<ClusterId, HoldingId> claimsInto = new HashMap<>();
    private long floor;
    private long holdings;
    private long index;

    /// @param state of each grain after it
    /// @param told what a watch says of the command
    record Step(Map<GrainId, Ownership> state, Watched.Change told) {}

    GrainWorld(Random random) {
        this.random = random;
        GRAINS.forEach(grain -> now.put(grain, new Ownership.Unowned(grain, Epoch.NONE)));
        steps.add(new Step(Map.copyOf(now), change(new Revision(0, 0), List.of())));
    }

    List<Step> steps() {
        return steps;
    }

    long index() {
        return index;
    }

    /// The state after all commands of an entry.
    Map<GrainId, Ownership> at(long entry) {
        return steps.reversed().stream()
                .filter(step -> step.told().revision().index() <= entry)
                .findFirst()
                .orElseThrow()
                .state();
    }

    /// Appends an entry with some commands.
    void goOn() {
        index++;
        int commands = 1 + random.nextInt(COMMANDS_MAX);
        for (int i = 0; i < commands; i++) {
            List<Event> events = command();
            steps.add(new Step(Map.copyOf(now), change(new Revision(index, i), events)));
        }
    }

    private static Watched.Change change(Revision revision, List<Event> events) {
        return new Watched.Change(revision, 0, Origin.NONE, events, 0);
    }

    private List<Event> command() {
        GrainId grain = GRAINS.get(random.nextInt(GRAINS.size()));
        return switch (random.nextInt(8)) {
            case 0 -> release(grain);
            case 1 -> purge(grain);
            case 2, 3 -> move();
            case 4 -> raise();
            default -> grant(grain);
        };
    }

    private List<Event> grant(GrainId grain) {
        ClusterId to = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        Epoch epoch = ownership(grain).epoch().next();
        HoldingId holding = claimsInto.computeIfAbsent(to, cluster -> new HoldingId(++holdings));
        now.put(grain, new Ownership.Owned(grain, to, epoch, new Fence(1), SINCE, 0, holding));
        return List.of(
                new DirectoryEvent.Granted(
                        grain, to, epoch, holding, 0, GrantCause.ACQUIRED, Before.NOT_TOLD));
    }

    private List<Event> release(GrainId grain) {
        if (!(ownership(grain) instanceof Ownership.Owned owned)) {
            return List.of();
        }
        now.put(grain, new Ownership.Released(grain, owned.by(), owned.epoch(), SINCE));
        return List.of(
                new DirectoryEvent.Released(
                        grain, owned.by(), owned.epoch(), ReleaseCause.RELEASED));
    }

    private List<Event> purge(GrainId grain) {
        if (!(ownership(grain) instanceof Ownership.Released released)) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        if (released.epoch().value() > floor) {
            events.addAll(raiseTo(released.epoch().value()));
        }
        now.put(grain, new Ownership.Unowned(grain, new Epoch(floor)));
        events.add(new DirectoryEvent.TombstonePurged(grain, released.epoch()));
        return events;
    }

    private List<Event> raise() {
        return raiseTo(floor + 1 + random.nextInt(3));
    }

    private List<Event> raiseTo(long newFloor) {
        floor = newFloor;
        for (GrainId grain : GRAINS) {
            if (ownership(grain) instanceof Ownership.Unowned) {
                now.put(grain, new Ownership.Unowned(grain, new Epoch(floor)));
            }
        }
        return List.of(new DirectoryEvent.FloorRaised(TYPE, new Epoch(floor)));
    }

    private List<Event> move() {
        if (holdings == 0) {
            return List.of();
        }
        HoldingId holding = new HoldingId(1 + random.nextLong(holdings));
        boolean strands = random.nextInt(4) == 0;
        ClusterId to = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        claimsInto.values().remove(holding);
        GRAINS.forEach(grain -> moved(grain, holding, to, strands));
        Holding.Holder holder =
                strands ? new Holding.Holder.Stranded(to) : new Holding.Holder.Owner(to);
        return List.of(
                new DirectoryEvent.HoldingMoved(
                        holding, TYPE, to, holder, 1, 1, MoveKind.FAILOVER, new MoveId("m")));
    }

    private void moved(GrainId grain, HoldingId holding, ClusterId to, boolean strands) {
        Ownership before = ownership(grain);
        Optional<HoldingId> in =
                switch (before) {
                    case Ownership.Owned owned -> Optional.of(owned.holding());
                    case Ownership.Stranded stranded -> Optional.of(stranded.holding());
                    default -> Optional.empty();
                };
        if (in.equals(Optional.of(holding))) {
            Epoch epoch = before.epoch().next();
            now.put(
                    grain,
                    strands
                            ? new Ownership.Stranded(grain, to, epoch, SINCE, holding)
                            : new Ownership.Owned(
                                    grain, to, epoch, new Fence(1), SINCE, 0, holding));
        }
    }

    private Ownership ownership(GrainId grain) {
        return Optional.ofNullable(now.get(grain)).orElseThrow();
    }
}
