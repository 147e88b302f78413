package io.staddle.statemachine.machine;

import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingKind;
import io.staddle.api.model.SettingValue;
import io.staddle.statemachine.state.Levels;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The directory as one would write it without holdings: a map from grains to owners and epochs,
/// and a failover is a loop over all grains. What the rules answer is compared with this.
final class Naive {
    static final String DONE = "DONE";

    enum Standing {
        OWNED,
        STRANDED,
        RELEASED
    }

    /// @param who the owner, the cluster that failed, or the last owner
    /// @param claimedBy who got it by name last, and not by a move
    /// @param lease its end; 0 for none
    record Grain(Standing standing, ClusterId who, ClusterId claimedBy, long epoch, long lease) {
        boolean isOwnedBy(ClusterId cluster) {
            return standing == Standing.OWNED && who.equals(cluster);
        }
    }

    record Allowed(List<ClusterId> clusters, long version) {}

    record Moved(ClusterId cluster, MoveKind kind) {}

    final Map<ClusterId, NaiveCluster> clusters = new TreeMap<>();
    final Map<ClusterId, Long> fences = new HashMap<>();
    final Map<GrainId, Grain> grains = new HashMap<>();
    final Map<GrainId, Long> releasedAt = new HashMap<>();
    final Map<GrainType, Long> floors = new HashMap<>();
    final Map<GrainType, Allowed> placements = new HashMap<>();
    final Map<MoveId, Moved> moves = new HashMap<>();
    final Map<Setting, SettingValue> settings = new EnumMap<>(Setting.class);
    final Map<String, String> servers = new HashMap<>();
    final NaiveReplay replay = new NaiveReplay(this);
    Optional<ClusterId> primary = Optional.empty();
    long primaryEpoch;
    boolean paused;
    long configVersion;
    int level = 1;
    long now;

    /// Applies a command; returns DONE or the code of the refusal.
    String apply(Command command, long nowMillis) {
        now = Math.max(now, nowMillis);
        return switch (command) {
            case DirectoryCommand directory -> new NaiveGrains(this).apply(directory);
            case ClusterCommand cluster -> new NaiveClusters(this).apply(cluster);
            case HealthCommand health -> new NaiveHealth(this).apply(health);
            case AutomationCommand automation -> new NaiveAutomation(this).apply(automation);
            case ReplayCommand queue -> replay.apply(queue);
            case NodeCommand _,
                    RoutingCommand _,
                    MigrationCommand _,
                    BalanceCommand _,
                    GhostCommand _,
                    BarrierCommand _,
                    AccessCommand _ ->
                    throw new IllegalArgumentException("no model of " + command);
            case AdminCommand.PutConfig put -> config(put);
            case AdminCommand.RaiseFeatureLevel raise -> raise(raise.level());
            case AdminCommand.AdmitServer admit -> {
                String known =
                        servers.computeIfAbsent(admit.server().value(), _ -> admit.incarnation());
                yield known.equals(admit.incarnation()) ? DONE : "SERVER_REPLACED";
            }
            case AdminCommand.ReplaceServer replace -> replace(replace);
            case AdminCommand.NoteMembers _ -> level < 7 ? "UNSUPPORTED_LEVEL" : DONE;
        };
    }

    private String raise(int wanted) {
        if (wanted == level) {
            return DONE;
        }
        if (wanted < level || wanted > Levels.NEWEST) {
            return "UNSUPPORTED_LEVEL";
        }
        level = wanted;
        configVersion++;
        return DONE;
    }

    private String replace(AdminCommand.ReplaceServer replace) {
        String known = servers.getOrDefault(replace.server().value(), "");
        if (known.isEmpty()) {
            return "NOT_FOUND";
        }
        if (!known.equals(replace.incarnation()) && !known.equals(replace.lost())) {
            return "SERVER_REPLACED";
        }
        servers.put(replace.server().value(), replace.incarnation());
        return DONE;
    }

    private String config(AdminCommand.PutConfig put) {
        Map<Setting, SettingValue> changes = new EnumMap<>(Setting.class);
        for (var change : put.changes().entrySet()) {
            Optional<Setting> setting = Setting.of(change.getKey());
            if (setting.isEmpty() || setting.get().level() > level) {
                return "INVALID_CONFIG";
            }
            switch (setting.get().kind()) {
                case SettingKind.Amount amount -> {
                    boolean number = change.getValue().matches("[0-9]+");
                    long value = number ? Long.parseLong(change.getValue()) : -1;
                    if (value < amount.min() || value > amount.max()) {
                        return "INVALID_CONFIG";
                    }
                    changes.put(setting.get(), new SettingValue.Amount(value));
                }
                case SettingKind.Clusters _ -> {
                    List<ClusterId> ids =
                            Stream.of(change.getValue().split(",", -1))
                                    .filter(each -> !each.isEmpty())
                                    .map(ClusterId::new)
                                    .toList();
                    changes.put(setting.get(), new SettingValue.Clusters(ids));
                }
            }
        }
        if (changes.entrySet().stream().allMatch(c -> value(c.getKey()).equals(c.getValue()))) {
            return DONE;
        }
        for (SettingValue value : changes.values()) {
            if (value instanceof SettingValue.Clusters(var ids)
                    && !clusters.keySet().containsAll(ids)) {
                return "INVALID_CONFIG";
            }
        }
        if (put.seenVersion() != configVersion) {
            return "VERSION_CONFLICT";
        }
        settings.putAll(changes);
        configVersion++;
        settle();
        return DONE;
    }

    long setting(Setting setting) {
        return ((SettingValue.Amount) value(setting)).value();
    }

    private SettingValue value(Setting setting) {
        return settings.getOrDefault(setting, setting.defaultValue());
    }

    Optional<Grain> grain(GrainId id) {
        return Optional.ofNullable(grains.get(id));
    }

    long epoch(GrainId id) {
        return grain(id).map(Grain::epoch).orElse(floors.getOrDefault(id.type(), 0L));
    }

    Optional<ClusterState> state(ClusterId id) {
        return Optional.ofNullable(clusters.get(id)).map(each -> each.state);
    }

    boolean isFenced(ClusterId id) {
        return Optional.ofNullable(clusters.get(id)).filter(NaiveCluster::isFenced).isPresent();
    }

    /// Whether it can take over.
    boolean isFit(ClusterId id) {
        NaiveCluster cluster = clusters.get(id);
        return cluster != null
                && cluster.state == ClusterState.HEALTHY
                && cluster.lag.orElse(0) <= setting(Setting.LAG_MILLIS_MAX);
    }

    boolean isFitAsPrimary(ClusterId id) {
        NaiveCluster cluster = clusters.get(id);
        return cluster != null
                && isFit(id)
                && cluster.role == ClusterRole.SECONDARY
                && cluster.profile.primaryEligible();
    }

    Optional<ClusterId> nextPrimary() {
        return clusters.keySet().stream().filter(this::isFitAsPrimary).min(this::inOrder);
    }

    NaiveCluster cluster(ClusterId id) {
        return Optional.ofNullable(clusters.get(id)).orElseThrow();
    }

    /// A vacant role is taken, stranded grains get an owner.
    void settle() {
        if (primary.isEmpty() && nextPrimary().isPresent()) {
            primary = nextPrimary();
            primaryEpoch++;
            cluster(primary.get()).as(ClusterRole.PRIMARY);
        }
        rescue();
    }

    boolean isHealthy(ClusterId id) {
        return state(id).filter(ClusterState.HEALTHY::equals).isPresent();
    }

    boolean allows(GrainType type, ClusterId cluster) {
        List<ClusterId> allowed = allowed(type).clusters();
        return allowed.isEmpty() || allowed.contains(cluster);
    }

    Allowed allowed(GrainType type) {
        return placements.getOrDefault(type, new Allowed(List.of(), 0));
    }

    /// The grain has another owner, or none, and a higher epoch.
    void move(GrainId id, Standing standing, ClusterId who) {
        Grain grain = grain(id).orElseThrow();
        grains.put(id, new Grain(standing, who, grain.claimedBy(), grain.epoch() + 1, 0));
    }

    /// Stranded grains get an owner if there is one now, the failed cluster first.
    void rescue() {
        for (GrainId id : List.copyOf(grains.keySet())) {
            Grain grain = grain(id).orElseThrow();
            if (grain.standing() == Standing.STRANDED) {
                boolean itself = isFit(grain.who()) && allows(id.type(), grain.who());
                Optional<ClusterId> next =
                        itself ? Optional.of(grain.who()) : byPlacement(id.type(), grain.who());
                next.ifPresent(owner -> move(id, Standing.OWNED, owner));
            }
        }
    }

    Optional<ClusterId> byPlacement(GrainType type, ClusterId from) {
        return clusters.keySet().stream()
                .filter(id -> !id.equals(from) && isFit(id) && allows(type, id))
                .min(this::inOrder);
    }

    private int inOrder(ClusterId a, ClusterId b) {
        return rank(a).compareTo(rank(b));
    }

    /// The primary, those of the tier in their order, the others by tier and name.
    private String rank(ClusterId id) {
        List<ClusterId> first = ((SettingValue.Clusters) value(Setting.PRIMARY_TIER)).clusters();
        int place = first.contains(id) ? first.indexOf(id) : 999;
        NaiveCluster cluster = clusters.get(id);
        int tier = cluster == null ? 0 : cluster.profile.tierRank();
        return "%d %03d %04d %s"
                .formatted(primary.equals(Optional.of(id)) ? 0 : 1, place, tier, id);
    }
}
