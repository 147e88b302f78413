package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.model.SettingKind.Amount;
import io.staddle.api.model.SettingKind.Clusters;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A value of the replicated configuration: the same on all servers, changed by a command.
///
/// Truth values are 0 and 1. Keys are format: never renamed, and a retired one stays refused.
public enum Setting {
    /// Whether a claim may take a grain from an owner that lives.
    LIVE_TAKEOVER("claims.allow-live-takeover", truth(0)),
    /// How far above the current epoch a claim may set the next.
    MAX_EPOCH_JUMP("claims.max-epoch-jump", new Amount(16, 1, 1_000_000, "epochs")),
    /// The longest lease that a grain can be acquired with.
    LEASE_MILLIS_MAX("leases.millis-max", millis(86_400_000, 1_000, 604_800_000)),
    /// How long the row of a released grain is kept before its epoch moves to the floor of its
    /// type.
    TOMBSTONE_MILLIS("tombstones.millis", millis(86_400_000, 1_000, 31_536_000_000L)),
    /// How many log entries with events are kept; the oldest go first.
    HISTORY_ENTRIES_MAX(
            "history.entries-max", new Amount(1_000_000, 1, 1_000_000_000, "log entries")),
    /// How many events are kept, to within some thousands; the oldest entries go first. An entry
    /// may hold one or thousands.
    HISTORY_EVENTS_MAX(
            "history.events-max", new Amount(1_000_000, 10_000, 1_000_000_000, "events")),
    /// How long events are kept, if the two above let them, to within a hundredth; 0 for no bound.
    HISTORY_MILLIS_MAX(
            "history.millis-max",
            new Amount(0, 0, 315_360_000_000L, "milliseconds (0 is no bound)"),
            2),
    /// How often a cluster is to beat.
    BEAT_INTERVAL_MILLIS("health.beat-interval-millis", millis(2_000, 10, 3_600_000)),
    /// After how much silence a cluster becomes SUSPECT.
    SUSPECT_AFTER_MILLIS("health.suspect-after-millis", millis(15_000, 100, 604_800_000)),
    /// How many beats make a RECOVERING cluster HEALTHY, after the one that made it RECOVERING.
    RECOVER_BEATS("health.recover-beats", new Amount(1, 1, 1_000, "beats")),
    /// How many other clusters must say that they do not reach a silent one before it becomes
    /// SUSPECT.
    OBSERVERS_MIN("health.observers-min", new Amount(0, 0, 100, "clusters")),
    /// How long a cluster is SUSPECT before it is failed over.
    GRACE_MILLIS("failover.grace-millis", millis(30_000, 0, 604_800_000)),
    /// How many clusters may be SUSPECT at a time; if there are more, none is failed over by
    /// itself. 0 stands for half of all, and at least one.
    SUSPECTS_MAX("failover.suspects-max", new Amount(0, 0, 10_000, "clusters (0 is half of all)")),
    /// How far the data of a cluster that takes over may be behind, if the cluster says it.
    LAG_MILLIS_MAX("failover.lag-millis-max", millis(5_000, 0, 604_800_000)),
    /// Whether a cluster that has recovered is readmitted without an operator.
    AUTO_READMIT("failover.auto-readmit", truth(1)),
    /// Who becomes the primary first; after these whoever has the lowest tier.
    PRIMARY_TIER("tiers.primary", new Clusters(100)),
    /// How many entries the replay queue of a cluster holds.
    REPLAY_ENTRIES_MAX("replay.max-entries", new Amount(100_000, 1, 100_000_000, "entries")),
    /// How many bytes of keys and values the replay queue of a cluster holds.
    REPLAY_BYTES_MAX("replay.max-bytes", new Amount(64 << 20, 1 << 20, 1L << 40, "bytes")),
    /// The longest value of an entry of a replay queue.
    REPLAY_VALUE_BYTES_MAX("replay.max-value-bytes", new Amount(64 << 10, 1, 1 << 20, "bytes")),
    /// How many gaps an origin may leave in the numbers of what it appends to a replay queue.
    REPLAY_GAPS_MAX("replay.max-gaps", new Amount(256, 0, 10_000, "gaps")),
    /// After how much silence nothing is given to a data node.
    NODE_SUSPECT_AFTER_MILLIS("node.suspect-after-millis", millis(15_000, 100, 604_800_000)),
    /// How many vShards may migrate at a time.
    MIGRATIONS_MAX("migration.max-concurrent", new Amount(4, 1, 65_536, "migrations")),
    /// How many vShards may migrate to or from one node at a time.
    MIGRATIONS_PER_NODE_MAX("migration.max-per-node", new Amount(4, 1, 65_536, "migrations")),
    /// How often a migration may be tried.
    MIGRATION_ATTEMPTS_MAX("migration.max-attempts", new Amount(3, 1, 1_000, "attempts")),
    /// How far the target of a migration may be behind before it votes, and before writes are
    /// paused.
    CATCH_UP_LAG("migration.catch-up-lag", new Amount(10, 0, 1_000_000, "entries")),
    /// How long the target of a migration may get nothing while it catches up.
    CATCH_UP_TIMEOUT_MILLIS("migration.catch-up-timeout-millis", millis(60_000, 100, 604_800_000)),
    /// How old a report of progress may be.
    PROGRESS_FRESH_MILLIS("migration.progress-fresh-millis", millis(5_000, 100, 604_800_000)),
    /// How long a migration may take no step.
    MIGRATION_ABORT_MILLIS("migration.abort-timeout-millis", millis(3_600_000, 100, 604_800_000)),
    /// How long a new leader aborts no migration for what it has not heard.
    RECOVERY_GRACE_MILLIS("migration.recovery-grace-millis", millis(60_000, 0, 604_800_000)),
    /// How long a migration that is over is kept.
    MIGRATION_RETENTION_MILLIS(
            "migration.retention-millis", millis(86_400_000, 0, 31_536_000_000L)),
    /// For how long writes may be paused by a migration of a plan.
    MIGRATION_BUDGET_MICROS(
            "migration.budget-micros", new Amount(500_000, 1, 3_600_000_000L, "microseconds")),
    /// How much of the mean the nodes with the most and the fewest vShards, or replicas, may differ
    /// by before anything moves.
    BALANCE_TOLERANCE_PERCENT("balance.tolerance-percent", new Amount(20, 0, 1_000, "%")),
    /// Whether vShards move without an operator when nodes serve or replicate unevenly.
    BALANCE_AUTO("balance.auto", truth(0)),
    /// Whether nodes that leave are emptied without an operator.
    DRAIN_AUTO("balance.auto-drain", truth(1)),
    /// Whether voters that their groups do not need are taken out without an operator.
    TRIM_AUTO("balance.auto-trim", truth(1)),
    /// How long a ghost is kept at least, also if its node says that nobody comes.
    GHOST_KEEP_MILLIS("ghosts.keep-millis", millis(1_800_000, 0, 31_536_000_000L)),
    /// How long a barrier may take, unless its coordinator says otherwise.
    BARRIER_TIMEOUT_MILLIS("barrier.timeout-millis", millis(30_000, 100, 86_400_000), 3),
    /// How long a coordinator that is silent keeps its scope, unless it says otherwise.
    BARRIER_LEASE_MILLIS("barrier.lease-millis", millis(5_000, 100, 3_600_000), 3),
    /// How many of its newest barriers are kept of each scope, however old they are.
    BARRIERS_KEPT("barrier.keep", new Amount(64, 1, 100_000, "barriers"), 3),
    /// How long a decided barrier is kept at least.
    BARRIER_RETENTION_MILLIS("barrier.retention-millis", millis(86_400_000, 0, 31_536_000_000L), 3),
    /// How many scopes of barriers there may be. A scope stays for ever, and its epochs with it.
    SCOPES_MAX("barrier.scopes-max", new Amount(10_000, 1, 1_000_000, "scopes"), 3),
    /// How many grains a cluster may own; 0 for no bound. Whatever moves whole holdings, as
    /// failovers do, does not ask.
    GRAINS_PER_CLUSTER("quota.grains-per-cluster", grains(), 6),
    /// How many grains of one type may be owned, by all clusters together; 0 for no bound.
    GRAINS_PER_TYPE("quota.grains-per-type", grains(), 6),
    /// How many bytes of events, and of what they have overwritten, are kept, if the other bounds
    /// of history let them; 0 for no bound. The newest entry stays however large it is.
    HISTORY_BYTES_MAX("history.bytes-max", new Amount(0, 0, 1L << 44, "bytes (0 is no bound)"), 6);

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // records of numbers and text
    private final SettingKind kind;

    private final int level;

    Setting(String key, SettingKind kind) {
        this(key, kind, 1);
    }

    Setting(String key, SettingKind kind, int level) {
        this.key = key;
        this.kind = kind;
        this.level = level;
    }

    /// Returns the setting of that key; empty if there is none.
    public static Optional<Setting> of(String key) {
        return Stream.of(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    /// Returns the value that `text` says.
    ///
    /// @throws MalformedException if it is no value of the range
    public SettingValue parse(String text) {
        return switch (kind) {
            case Amount number -> number(text, number);
            case Clusters clusters -> clusters(text, clusters);
        };
    }

    /// Returns the range in words.
    public String range() {
        return switch (kind) {
            case Amount(var standard, var min, var max, var unit) ->
                    min + " to " + max + " " + unit;
            case Clusters(var max) -> "up to " + max + " different clusters, divided by commas";
        };
    }

    /// Returns the name in files and commands, such as `claims.max-epoch-jump`.
    public String key() {
        return key;
    }

    /// Returns the feature level from which on it can be set.
    public int level() {
        return level;
    }

    /// Returns what values it takes.
    public SettingKind kind() {
        return kind;
    }

    /// Returns the value that holds unless another was set.
    public SettingValue defaultValue() {
        return switch (kind) {
            case Amount number -> new SettingValue.Amount(number.standard());
            case Clusters clusters -> new SettingValue.Clusters(List.of());
        };
    }

    private static Amount truth(long standard) {
        return new Amount(standard, 0, 1, "(0 is no, 1 is yes)");
    }

    private static Amount grains() {
        return new Amount(0, 0, 1_000_000_000_000L, "grains (0 is no bound)");
    }

    private static Amount millis(long standard, long min, long max) {
        return new Amount(standard, min, max, "milliseconds");
    }

    private SettingValue number(String text, Amount number) {
        try {
            long value = Long.parseLong(text.strip());
            if (value >= number.min() && value <= number.max()) {
                return new SettingValue.Amount(value);
            }
        } catch (NumberFormatException notANumber) {
            // said below, as for a number out of range
        }
        throw new MalformedException(new Expectation(key, range(), text));
    }

    private SettingValue clusters(String text, Clusters kindOfList) {
        List<ClusterId> clusters =
                Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .filter(each -> !text.isBlank())
                        .map(ClusterId::new)
                        .toList();
        if (clusters.size() > kindOfList.max()
                || clusters.stream().distinct().count() < clusters.size()) {
            throw new MalformedException(new Expectation(key, range(), text));
        }
        return new SettingValue.Clusters(clusters);
    }
}
