package io.staddle.statemachine.machine;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.Ownership;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Random commands over few names, so that they meet; what they have seen is mostly what stands.
final class RandomCommands {
    static final List<GrainId> GRAINS =
            Stream.of("t", "u", "v/")
                    .flatMap(type -> Stream.of("g", "h", "i/j", "k").map(key -> grain(type, key)))
                    .toList();
    private static final List<String> CLUSTERS = List.of("a", "b", "c", "d");
    static final List<ClusterId> CLUSTER_IDS = CLUSTERS.stream().map(ClusterId::new).toList();
    private static final long BEYOND = Epoch.MAX.value() - 2;

    private final SplittableRandom random;
    private final Reads view;

    private RandomCommands(SplittableRandom random, Reads view) {
        this.random = random;
        this.view = view;
    }

    /// Returns the next command for the state that `view` shows; none about a queue.
    static Command next(SplittableRandom random, Reads view) {
        return new RandomCommands(random, view).next();
    }

    /// Returns the next command, which may be about a queue.
    ///
    /// @param queuesOfEight how many of eight are
    static Command next(SplittableRandom random, Reads view, int queuesOfEight) {
        return random.nextInt(8) < queuesOfEight
                ? RandomReplay.next(random, view, CLUSTER_IDS)
                : next(random, view);
    }

    /// Returns the next command, which may be about a cluster.
    ///
    /// @param clustersOfEight how many of eight are
    static Command nextOfClusters(SplittableRandom random, Reads view, int clustersOfEight) {
        return random.nextInt(8) < clustersOfEight
                ? RandomClusters.next(random, view, CLUSTER_IDS)
                : next(random, view);
    }

    private static GrainId grain(String type, String key) {
        return GrainId.of(type.replace("/", ""), key);
    }

    private Command next() {
        int what = random.nextInt(100);
        if (what < 60) {
            return ofGrain(what);
        }
        if (what < 68) {
            return place();
        }
        if (what < 72) {
            return what < 70
                    ? new DirectoryCommand.ExpireLeases(10_000)
                    : new DirectoryCommand.PurgeTombstones(10_000);
        }
        return what < 97 ? RandomClusters.next(random, view, CLUSTER_IDS) : admin();
    }

    private Command ofGrain(int what) {
        GrainId grain = GRAINS.get(random.nextInt(GRAINS.size()));
        Ownership current = Ownerships.of(grain, view);
        ClusterId owner = current.owner().filter(_ -> mostly()).orElseGet(this::cluster);
        Epoch seen = mostly() ? current.epoch() : epoch(current.epoch());
        if (what < 20) {
            return new DirectoryCommand.Acquire(grain, cluster(), lease());
        }
        if (what < 28) {
            return new DirectoryCommand.Claim(grain, cluster(), positive(seen));
        }
        if (what < 38) {
            ClusterId from =
                    current instanceof Ownership.Stranded stranded && mostly()
                            ? stranded.formerOwner()
                            : owner;
            Takeover takeover =
                    random.nextBoolean() ? Takeover.FROM_LIVE_OWNER : Takeover.FROM_FAILED_OWNER;
            return new DirectoryCommand.Promote(grain, cluster(), from, seen, takeover);
        }
        if (what < 44) {
            return new DirectoryCommand.Reassign(grain, cluster(), seen);
        }
        if (what < 48) {
            return new DirectoryCommand.Import(grain, cluster(), positive(seen));
        }
        if (what < 50) {
            return what < 49
                    ? new DirectoryCommand.ImportReleased(grain, cluster(), positive(seen))
                    : floor(grain.type());
        }
        return what < 54
                ? new DirectoryCommand.Release(grain, owner, seen)
                : new DirectoryCommand.Renew(grain, owner, seen, lease());
    }

    /// Seldom above what is there, or there would be only high epochs.
    private Command floor(GrainType type) {
        Epoch now = view.get(Schema.EPOCH_FLOORS, type).orElse(new Epoch(1));
        long next = now.value() + random.nextInt(3) - 1;
        return new DirectoryCommand.RaiseFloor(
                type, new Epoch(Math.clamp(next, 1, Epoch.MAX.value())));
    }

    private Command place() {
        GrainType type = GRAINS.get(random.nextInt(GRAINS.size())).type();
        List<ClusterId> allowed =
                Stream.generate(this::cluster).limit(random.nextInt(4)).distinct().toList();
        long version = view.get(Schema.PLACEMENTS, type).map(p -> p.version()).orElse(0L);
        return new DirectoryCommand.SetPlacement(type, allowed, seen(version));
    }

    private List<MemberRecord> members() {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(n -> new ServerId("s" + n))
                .filter(each -> each.value().equals("s0") || mostly())
                .map(each -> new MemberRecord(each, mostly(), random.nextInt(2)))
                .toList();
    }

    private String disk() {
        return "d" + random.nextInt(3);
    }

    private Command admin() {
        if (random.nextInt(4) == 0) {
            ServerId server = new ServerId("s");
            return switch (random.nextInt(5)) {
                case 0, 1 -> new AdminCommand.RaiseFeatureLevel(1 + random.nextInt(7));
                case 2 -> new AdminCommand.AdmitServer(server, disk());
                case 3 -> new AdminCommand.NoteMembers(members());
                default -> new AdminCommand.ReplaceServer(server, disk(), disk());
            };
        }
        List<Map<String, String>> changes =
                List.of(
                        Map.of("claims.allow-live-takeover", "" + random.nextInt(3)),
                        Map.of("claims.max-epoch-jump", "" + random.nextInt(20)),
                        Map.of("tombstones.millis", "1000", "leases.millis-max", "1000"),
                        Map.of(
                                "health.suspect-after-millis",
                                "100",
                                "failover.grace-millis",
                                "" + random.nextInt(300)),
                        Map.of("health.recover-beats", "" + random.nextInt(4)),
                        Map.of("failover.suspects-max", "" + random.nextInt(3)),
                        Map.of("failover.lag-millis-max", "" + 50 * random.nextInt(3)),
                        Map.of("tiers.primary", random.nextBoolean() ? "c,a" : "d"),
                        Map.of("history.entries-max", "" + (1 + random.nextInt(50))),
                        Map.of("quota.grains-per-cluster", "" + random.nextInt(6)),
                        Map.of(
                                "quota.grains-per-type",
                                "" + random.nextInt(8),
                                "history.bytes-max",
                                "3000"),
                        Map.of("claims.max-epoch-jump", "2", "no.such", "1"));
        long version = new Queries(view).config().version();
        return new AdminCommand.PutConfig(
                changes.get(random.nextInt(changes.size())), seen(version));
    }

    private Epoch epoch(Epoch current) {
        return switch (random.nextInt(8)) {
            case 0 -> new Epoch(Long.MAX_VALUE);
            case 1 -> new Epoch(BEYOND + random.nextInt(5));
            case 2, 3 -> new Epoch(random.nextInt(5));
            default -> new Epoch(current.value() + random.nextInt(4));
        };
    }

    private Epoch positive(Epoch seen) {
        long next = seen.value() == Long.MAX_VALUE ? seen.value() : seen.value() + 1;
        return new Epoch(mostly() ? next : Math.max(1, seen.value()));
    }

    private ClusterId cluster() {
        return new ClusterId(CLUSTERS.get(random.nextInt(CLUSTERS.size())));
    }

    private long lease() {
        return random.nextInt(3) > 0 ? 0 : random.nextLong(1, 1_200);
    }

    private long seen(long current) {
        return mostly() ? current : random.nextInt(4);
    }

    private boolean mostly() {
        return random.nextInt(8) > 0;
    }
}
