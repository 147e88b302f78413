package io.staddle.statemachine.state;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.IdentityName;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.ServerId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Identity;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Move;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.storage.Codec;
import io.staddle.storage.KeyCodec;
import io.staddle.storage.Keys;
import io.staddle.storage.Present;
import io.staddle.storage.Table;

import java.util.List;

/// All tables. Names, key bytes, value bytes and kinds are format: never changed.
///
/// ```
/// table           key              value                    kind      written by
/// grains          type, key        place, epoch, since      rows      DirectoryProjection
/// holding_grains  holding, key     -                        index     DirectoryProjection
/// holding_counts  holding          grains in it             rows      DirectoryProjection
/// holdings        holding          holder, shift, since     resident  DirectoryProjection
/// holding_open    cluster, type    holding                  resident  DirectoryProjection
/// lease_ends      time, type, key  -                        index     DirectoryProjection
/// tombstones      time, type, key  -                        index     DirectoryProjection
/// epoch_floors    type             epoch                    resident  DirectoryProjection
/// placements      type             allowed clusters         resident  DirectoryProjection
/// clusters        cluster          health, role, fencing    resident  ClusterProjection
/// primacy         -                the primary, its epoch   resident  ClusterProjection
/// automation      -                the pause for all        resident  ClusterProjection
/// fences          cluster          highest fence ever       resident  ClusterProjection
/// moves           move             what moved where         rows      ClusterProjection
/// config          -                settings, feature level  resident  AdminProjection
/// servers         server           incarnation              resident  AdminProjection
/// members         server           votes, priority          resident  AdminProjection
/// identities      identity         credential, roles, …     resident  AccessProjection
/// replay_queues   target           next, acknowledged, …    resident  ReplayProjection
/// replay_origins  target, origin   highest, settled, gaps   rows      ReplayProjection
/// replay_entries  target, seq      write, time, bytes so …  queue     ReplayProjection
/// nodes           node             address, state, …        resident  RoutingProjection
/// node_lives      node             highest incarnation      resident  RoutingProjection
/// routing         -                how it was initialised   resident  RoutingProjection
/// groups          group            voters, learners, …      resident  RoutingProjection
/// v_shards        vShard           leaseholder, epoch, …    resident  Routing, Migration…
/// migrations      migration        what goes on             resident  MigrationProjection
/// migrations_over migration        what is over             rows      MigrationProjection
/// migration_ends  time, migration  -                        index     MigrationProjection
/// migration_log   migration, step  what it was decided on   rows      MigrationProjection
/// ghosts          vShard, node     where callers are sent   resident  MigrationProjection
/// barrier_scopes  scope            coordinator, epochs, …   resident  BarrierProjection
/// barrier_leases  scope            whose, until when        resident  BarrierProjection
/// barriers        scope, epoch     what is open             resident  BarrierProjection
/// barriers_over   scope, epoch     what is decided          rows      BarrierProjection
/// barrier_seats   scope, epoch, n… incarnation, vote        rows      BarrierProjection
/// numbers         name             last holding, clock, …   rows      DirectoryProjection, History
/// history         index            events of the entry      log       History
/// undo            index            what it overwrote        log       History
/// ```
public final class Schema {
    private static final KeyCodec<ClusterId> CLUSTER =
            Keys.as(Keys.TEXT, ClusterId::value, ClusterId::new);
    private static final KeyCodec<ServerId> SERVER =
            Keys.as(Keys.TEXT, ServerId::value, ServerId::new);
    private static final KeyCodec<GrainType> TYPE =
            Keys.as(Keys.TEXT, GrainType::name, GrainType::new);
    private static final KeyCodec<GrainId> GRAIN =
            Keys.pair(TYPE, GrainId::type, Keys.TEXT, GrainId::key, GrainId::new);
    private static final KeyCodec<HoldingId> HOLDING =
            Keys.as(Keys.NUMBER, HoldingId::value, HoldingId::new);
    private static final KeyCodec<TimedGrain> TIMED_GRAIN =
            Keys.pair(Keys.NUMBER, TimedGrain::atMillis, GRAIN, TimedGrain::grain, TimedGrain::new);
    private static final KeyCodec<NodeId> NODE = Keys.as(Keys.TEXT, NodeId::value, NodeId::new);
    private static final KeyCodec<GroupId> GROUP =
            Keys.as(Keys.NUMBER, id -> (long) id.value(), number -> new GroupId(number.intValue()));
    private static final KeyCodec<VShardId> V_SHARD =
            Keys.as(
                    Keys.NUMBER,
                    id -> (long) id.value(),
                    number -> new VShardId(number.intValue()));
    private static final KeyCodec<MigrationId> MIGRATION =
            Keys.as(Keys.TEXT, MigrationId::value, MigrationId::new);
    private static final KeyCodec<ScopeId> SCOPE = Keys.as(Keys.TEXT, ScopeId::value, ScopeId::new);
    private static final KeyCodec<BarrierId> BARRIER =
            Keys.pair(SCOPE, BarrierId::scope, Keys.NUMBER, BarrierId::epoch, BarrierId::new);
    private static final Codec<Long> COUNT = Keys.NUMBER;

    /// The grains that were ever owned and are not forgotten.
    public static final Table<GrainId, GrainRow> GRAINS =
            Table.rows("grains", GRAIN, RowCodecs.GRAIN);

    /// The grains of each holding.
    public static final Table<HoldingGrain, Present> HOLDING_GRAINS =
            Table.index(
                    "holding_grains",
                    Keys.pair(
                            HOLDING,
                            HoldingGrain::holding,
                            Keys.TEXT,
                            HoldingGrain::key,
                            HoldingGrain::new));

    /// How many grains are in each holding.
    public static final Table<HoldingId, Long> HOLDING_COUNTS =
            Table.rows("holding_counts", HOLDING, COUNT);

    /// Who owns what, but for the grains that are free.
    public static final Table<HoldingId, Holding> HOLDINGS =
            Table.resident("holdings", HOLDING, RowCodecs.HOLDING);

    /// Where the next claim of a cluster goes.
    public static final Table<OpenHolding, HoldingId> OPEN_HOLDINGS =
            Table.resident(
                    "holding_open",
                    Keys.pair(
                            CLUSTER,
                            OpenHolding::cluster,
                            TYPE,
                            OpenHolding::type,
                            OpenHolding::new),
                    HOLDING);

    /// Grains with a lease, by its end.
    public static final Table<TimedGrain, Present> LEASE_ENDS =
            Table.index("lease_ends", TIMED_GRAIN);

    /// Released grains, by when they were released.
    public static final Table<TimedGrain, Present> TOMBSTONES =
            Table.index("tombstones", TIMED_GRAIN);

    /// The highest epoch of the grains of a type that were forgotten.
    public static final Table<GrainType, Epoch> EPOCH_FLOORS =
            Table.resident("epoch_floors", TYPE, Keys.as(Keys.NUMBER, Epoch::value, Epoch::new));

    /// Which clusters may own grains of a type.
    public static final Table<GrainType, Placement> PLACEMENTS =
            Table.resident("placements", TYPE, RowCodecs.PLACEMENT);

    /// The registered clusters.
    public static final Table<ClusterId, ClusterRecord> CLUSTERS =
            Table.resident("clusters", CLUSTER, RowCodecs.CLUSTER);

    /// Who is the primary: one row, key [#ONLY]. Ask [Primacies].
    public static final Table<String, Primacy> PRIMACY =
            Table.resident("primacy", Keys.TEXT, RowCodecs.PRIMACY);

    /// Whether nothing is to happen by itself: one row, key [#ONLY], or none.
    public static final Table<String, Pause> AUTOMATION =
            Table.resident("automation", Keys.TEXT, RowCodecs.PAUSE);

    /// The highest fence of every cluster that was ever registered.
    public static final Table<ClusterId, Fence> FENCES =
            Table.resident("fences", CLUSTER, Keys.as(Keys.NUMBER, Fence::value, Fence::new));

    /// Failovers, fail-backs, evacuations and rescues.
    public static final Table<MoveId, Move> MOVES =
            Table.rows("moves", Keys.as(Keys.TEXT, MoveId::value, MoveId::new), RowCodecs.MOVE);

    /// The replicated configuration: one row, key [#CONFIG_KEY].
    public static final Table<String, Config> CONFIG =
            Table.resident("config", Keys.TEXT, RowCodecs.CONFIG);

    /// The servers that were ever admitted.
    public static final Table<ServerId, ServerRecord> SERVERS =
            Table.resident("servers", SERVER, RowCodecs.SERVER);

    /// Who was in the quorum when that was noted last, for history alone: nothing may be decided by
    /// it. Empty before feature level 7.
    public static final Table<ServerId, MemberRecord> MEMBERS =
            Table.resident("members", SERVER, RowCodecs.MEMBER);

    /// Who may do what.
    public static final Table<IdentityName, Identity> IDENTITIES =
            Table.resident(
                    "identities",
                    Keys.as(Keys.TEXT, IdentityName::value, IdentityName::new),
                    RowCodecs.IDENTITY);

    /// How far the queues of writes to be replayed have got, by who is to make up for them. A queue
    /// that was used once stays, and its numbers go on.
    public static final Table<ClusterId, ReplayQueue> REPLAY_QUEUES =
            Table.resident("replay_queues", CLUSTER, ReplayRows.QUEUE);

    /// Which writes of its origins a queue has taken.
    public static final Table<QueueOrigin, ReplayOrigin> REPLAY_ORIGINS =
            Table.rows(
                    "replay_origins",
                    Keys.pair(
                            CLUSTER,
                            QueueOrigin::target,
                            CLUSTER,
                            QueueOrigin::origin,
                            QueueOrigin::new),
                    ReplayRows.ORIGIN);

    /// The writes that were not acknowledged. What bounds them stands in [#REPLAY_QUEUES].
    public static final Table<QueuePlace, ReplayRow> REPLAY_ENTRIES =
            Table.queue(
                    "replay_entries",
                    Keys.pair(
                            CLUSTER,
                            QueuePlace::target,
                            Keys.NUMBER,
                            QueuePlace::seq,
                            QueuePlace::new),
                    ReplayRows.ENTRY);

    /// The data nodes.
    public static final Table<NodeId, NodeRecord> NODES =
            Table.resident("nodes", NODE, RoutingRows.NODE);

    /// The highest incarnation of every data node that was ever registered.
    public static final Table<NodeId, Long> NODE_INCARNATIONS =
            Table.resident("node_lives", NODE, COUNT);

    /// How routing was initialised: one row, key [#ONLY], or none.
    public static final Table<String, RoutingLayout> ROUTING =
            Table.resident("routing", Keys.TEXT, RoutingRows.LAYOUT);

    /// Who replicates what.
    public static final Table<GroupId, GroupRecord> GROUPS =
            Table.resident("groups", GROUP, RoutingRows.GROUP);

    /// Who serves what.
    public static final Table<VShardId, VShardRecord> V_SHARDS =
            Table.resident("v_shards", V_SHARD, RoutingRows.V_SHARD);

    /// The migrations that go on, and those that were aborted and are not fenced at the data plane.
    public static final Table<MigrationId, MigrationRecord> MIGRATIONS =
            Table.resident("migrations", MIGRATION, MigrationRows.MIGRATION);

    /// The migrations that are over and not forgotten.
    public static final Table<MigrationId, MigrationRecord> FINISHED_MIGRATIONS =
            Table.rows("migrations_over", MIGRATION, MigrationRows.MIGRATION);

    /// The migrations that are over, by when they ended.
    public static final Table<TimedMigration, Present> MIGRATION_ENDS =
            Table.index(
                    "migration_ends",
                    Keys.pair(
                            Keys.NUMBER,
                            TimedMigration::atMillis,
                            MIGRATION,
                            TimedMigration::migration,
                            TimedMigration::new));

    /// What each step of a migration was decided on.
    public static final Table<CheckpointPlace, MigrationCheckpoint> MIGRATION_CHECKPOINTS =
            Table.rows(
                    "migration_log",
                    Keys.pair(
                            MIGRATION,
                            CheckpointPlace::migration,
                            Keys.NUMBER,
                            CheckpointPlace::phaseVersion,
                            CheckpointPlace::new),
                    MigrationRows.CHECKPOINT);

    /// Where callers are sent that come to a node that served a vShard.
    public static final Table<GhostPlace, Ghost> GHOSTS =
            Table.resident(
                    "ghosts",
                    Keys.pair(
                            V_SHARD, GhostPlace::vShard, NODE, GhostPlace::source, GhostPlace::new),
                    MigrationRows.GHOST);

    /// The scopes of barriers that were ever used. They stay, so that no epoch is given twice.
    public static final Table<ScopeId, BarrierScope> BARRIER_SCOPES =
            Table.resident("barrier_scopes", SCOPE, BarrierRows.SCOPE);

    /// Who keeps a scope for how long. Renewals change it that history does not keep.
    public static final Table<ScopeId, ScopeLease> SCOPE_LEASES =
            Table.resident("barrier_leases", SCOPE, BarrierRows.LEASE);

    /// The barriers that are not decided: one a scope at most.
    public static final Table<BarrierId, BarrierRecord> BARRIERS =
            Table.resident("barriers", BARRIER, BarrierRows.BARRIER);

    /// The barriers that are decided and not forgotten.
    public static final Table<BarrierId, BarrierRecord> DECIDED_BARRIERS =
            Table.rows("barriers_over", BARRIER, BarrierRows.BARRIER);

    /// Who takes part in the barriers that are not forgotten, and what they said.
    public static final Table<BarrierSeat, Participation> BARRIER_SEATS =
            Table.rows(
                    "barrier_seats",
                    Keys.pair(
                            BARRIER,
                            BarrierSeat::barrier,
                            NODE,
                            BarrierSeat::node,
                            BarrierSeat::new),
                    BarrierRows.PARTICIPANT);

    /// Single numbers, by [Numbers].
    public static final Table<String, Long> NUMBERS = Table.rows("numbers", Keys.TEXT, COUNT);

    /// What a deployment that was restored from a backup gives out begins above it: one row, or
    /// none in one that was not. See [Numbers#restoredAbove].
    public static final Table<String, Long> RESTORED_ABOVE =
            Table.resident("restored_above", Keys.TEXT, COUNT);

    /// The events of the entries that are still kept.
    public static final Table<Long, EntryEvents> HISTORY =
            Table.log("history", Keys.NUMBER, EntryEventsCodec.CODEC);

    /// What the entries that are still kept have overwritten, of the tables of [Versioned].
    public static final Table<Long, EntryUndo> UNDO =
            Table.log("undo", Keys.NUMBER, EntryUndo.CODEC);

    /// Marks in the history: the index of the entry whose events made it a multiple of 1,024 events
    /// long, by that multiple. They say from where on a number of events is kept.
    public static final Table<Long, Long> HISTORY_MARKS =
            Table.resident("history_marks", Keys.NUMBER, COUNT);

    /// The key of the only row of [#CONFIG].
    public static final String CONFIG_KEY = "config";

    /// The key of the only row of [#PRIMACY], of [#AUTOMATION] and of [#ROUTING].
    public static final String ONLY = "only";

    /// All of them; the order is not format.
    public static final List<Table<?, ?>> TABLES =
            List.of(
                    GRAINS,
                    HOLDING_GRAINS,
                    HOLDING_COUNTS,
                    HOLDINGS,
                    OPEN_HOLDINGS,
                    LEASE_ENDS,
                    TOMBSTONES,
                    EPOCH_FLOORS,
                    PLACEMENTS,
                    CLUSTERS,
                    PRIMACY,
                    AUTOMATION,
                    FENCES,
                    MOVES,
                    CONFIG,
                    SERVERS,
                    MEMBERS,
                    IDENTITIES,
                    REPLAY_QUEUES,
                    REPLAY_ORIGINS,
                    REPLAY_ENTRIES,
                    NODES,
                    NODE_INCARNATIONS,
                    ROUTING,
                    GROUPS,
                    V_SHARDS,
                    MIGRATIONS,
                    FINISHED_MIGRATIONS,
                    MIGRATION_ENDS,
                    MIGRATION_CHECKPOINTS,
                    GHOSTS,
                    BARRIER_SCOPES,
                    SCOPE_LEASES,
                    BARRIERS,
                    DECIDED_BARRIERS,
                    BARRIER_SEATS,
                    NUMBERS,
                    RESTORED_ABOVE,
                    HISTORY,
                    UNDO,
                    HISTORY_MARKS);

    private Schema() {}
}
