package io.staddle.statemachine.machine;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Setting;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    record Cluster(ClusterProfile profile, ClusterState state, long fence, long version) {
        Cluster in(ClusterState next) {
            return new Cluster(profile, next, fence, version + 1);
        }
    }

    record Allowed(List<ClusterId> clusters, long version) {}

    record Moved(ClusterId cluster, Class<?> kind) {}

    final Map<ClusterId, Cluster> clusters = new TreeMap<>();
    final Map<ClusterId, Long> fences = new HashMap<>();
    final Map<GrainId, Grain> grains = new HashMap<>();
    final Map<GrainId, Long> releasedAt = new HashMap<>();
    final Map<GrainType, Long> floors = new HashMap<>();
    final Map<GrainType, Allowed> placements = new HashMap<>();
    final Map<MoveId, Moved> moves = new HashMap<>();
    final Map<Setting, Long> settings = new EnumMap<>(Setting.class);
    final Map<String, String> servers = new HashMap<>();
    final NaiveReplay replay = new NaiveReplay(this);
    long configVersion;
    long now;

    /// Applies a command; returns DONE or the code of the refusal.
    String apply(Command command, long nowMillis) {
        now = Math.max(now, nowMillis);
        return switch (command) {
            case DirectoryCommand directory -> new NaiveGrains(this).apply(directory);
            case ClusterCommand cluster -> new NaiveClusters(this).apply(cluster);
            case ReplayCommand queue -> replay.apply(queue);
            case AdminCommand.PutConfig put -> config(put);
            case AdminCommand.RaiseFeatureLevel raise ->
                    raise.level() == 1 ? DONE : "UNSUPPORTED_LEVEL";
            case AdminCommand.AdmitServer admit -> {
                String known =
                        servers.computeIfAbsent(admit.server().value(), _ -> admit.incarnation());
                yield known.equals(admit.incarnation()) ? DONE : "SERVER_REPLACED";
            }
            case AdminCommand.ReplaceServer replace -> replace(replace);
        };
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
        Map<Setting, Long> changes = new EnumMap<>(Setting.class);
        for (var change : put.changes().entrySet()) {
            Optional<Setting> setting = Setting.of(change.getKey());
            if (setting.isEmpty() || !change.getValue().matches("[0-9]+")) {
                return "INVALID_CONFIG";
            }
            long value = Long.parseLong(change.getValue());
            if (value < setting.get().min() || value > setting.get().max()) {
                return "INVALID_CONFIG";
            }
            changes.put(setting.get(), value);
        }
        if (changes.entrySet().stream().allMatch(c -> setting(c.getKey()) == c.getValue())) {
            return DONE;
        }
        if (put.seenVersion() != configVersion) {
            return "VERSION_CONFLICT";
        }
        settings.putAll(changes);
        configVersion++;
        return DONE;
    }

    long setting(Setting setting) {
        return settings.getOrDefault(setting, setting.defaultValue());
    }

    Optional<Grain> grain(GrainId id) {
        return Optional.ofNullable(grains.get(id));
    }

    long epoch(GrainId id) {
        return grain(id).map(Grain::epoch).orElse(floors.getOrDefault(id.type(), 0L));
    }

    Optional<ClusterState> state(ClusterId id) {
        return Optional.ofNullable(clusters.get(id)).map(Cluster::state);
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
                boolean itself = isHealthy(grain.who()) && allows(id.type(), grain.who());
                Optional<ClusterId> next =
                        itself ? Optional.of(grain.who()) : byPlacement(id.type(), grain.who());
                next.ifPresent(owner -> move(id, Standing.OWNED, owner));
            }
        }
    }

    Optional<ClusterId> byPlacement(GrainType type, ClusterId from) {
        List<ClusterId> fit = new ArrayList<>();
        for (ClusterId id : clusters.keySet()) {
            if (!id.equals(from) && isHealthy(id) && allows(type, id)) {
                fit.add(id);
            }
        }
        return fit.stream()
                .min((a, b) ->
                        tier(a) != tier(b)
                                ? Integer.compare(tier(a), tier(b))
                                : a.value().compareTo(b.value()));
    }

    private int tier(ClusterId id) {
        Cluster cluster = clusters.get(id);
        return cluster == null ? 0 : cluster.profile().tierRank();
    }
}
