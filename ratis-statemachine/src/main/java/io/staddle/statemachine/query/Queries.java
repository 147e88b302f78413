package io.staddle.statemachine.query;

import io.staddle.api.answer.Answer;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.Move;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.query.ClaimsDigest;
import io.staddle.api.query.ClusterOverview;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.FenceCheck;
import io.staddle.api.query.GrainCount;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.query.HoldingCount;
import io.staddle.statemachine.clusters.FailoverPhases;
import io.staddle.statemachine.holdings.HoldingMoves;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.LeaseHold;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.TimedGrain;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Present;
import io.staddle.storage.Reads;
import io.staddle.storage.Table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Answers questions about one state.
public final class Queries {
    private static final Comparator<GrainCount> BY_TYPE_AND_OWNER =
            Comparator.comparing(GrainCount::type)
                    .thenComparing(count -> count.owner().map(ClusterId::value).orElse(""));

    private final Reads view;

    /// Asks the state that `view` shows.
    public Queries(Reads view) {
        this.view = view;
    }

    /// Returns who owns a grain.
    public Ownership lookup(GrainId grain) {
        return Ownerships.of(grain, view);
    }

    /// Checks a fence: whether `holder` owns the grain in `epoch`. Here, and nowhere else.
    public FenceCheck checkFence(GrainId grain, ClusterId holder, Epoch epoch) {
        Ownership current = Ownerships.of(grain, view);
        return new FenceCheck(current.isHeldBy(holder, epoch), current);
    }

    /// Returns a page of grains.
    ///
    /// @param token the `next` of the page before; empty for the first
    /// @param limit 1 and up
    public Page<Ownership> list(GrainFilter filter, byte[] token, int limit) {
        return new GrainLists(view).list(filter, token, limit);
    }

    /// Compares what an owner believes that it owns with what it owns.
    public ClaimsDigest.Comparison audit(GrainFilter.Owned owned, ClaimsDigest claims) {
        return new ClaimsCheck(view).compare(owned, claims);
    }

    /// Returns a page of the grains in a holding, as they were last written; none of one that there
    /// is not.
    ///
    /// @param token the `next` of the page before; empty for the first
    /// @param limit 1 and up
    public Page<HeldGrain> held(HoldingId holding, byte[] token, int limit) {
        return new GrainLists(view).held(holding, token, limit);
    }

    /// Counts owned and stranded grains, by type and owner. The cost does not depend on the grains.
    public List<GrainCount> counts() {
        Map<GrainType, Map<Optional<ClusterId>, Long>> sums = new TreeMap<>();
        for (HoldingCount count : holdings()) {
            Holding holding = count.holding();
            sums.computeIfAbsent(holding.type(), _ -> new LinkedHashMap<>())
                    .merge(holding.owner(), count.grains(), Long::sum);
        }
        List<GrainCount> counts = new ArrayList<>();
        sums.forEach((type, owners) ->
                owners.forEach((owner, grains) -> counts.add(new GrainCount(type, owner, grains))));
        counts.removeIf(count -> count.grains() == 0);
        counts.sort(BY_TYPE_AND_OWNER);
        return counts;
    }

    /// Returns the holdings, by id.
    public List<HoldingCount> holdings() {
        return view.values(Schema.HOLDINGS).stream()
                .map(holding -> new HoldingCount(holding, HoldingMoves.grains(holding, view)))
                .toList();
    }

    /// Returns the clusters, by id, and who is the primary.
    ///
    /// @param nowMillis the time that deadlines are counted from
    public ClusterOverview clusters(long nowMillis) {
        var owned = new TreeMap<ClusterId, Long>();
        var stranded = new TreeMap<ClusterId, Long>();
        for (HoldingCount count : holdings()) {
            switch (count.holding().holder()) {
                case Holder.Owner(var owner) -> owned.merge(owner, count.grains(), Long::sum);
                case Holder.Stranded(var former) ->
                        stranded.merge(former, count.grains(), Long::sum);
            }
        }
        FailoverPhases phases = new FailoverPhases(view, nowMillis);
        List<ClusterSummary> clusters =
                view.values(Schema.CLUSTERS).stream()
                        .map(c ->
                                new ClusterSummary(
                                        c,
                                        owned.getOrDefault(c.id(), 0L),
                                        phases.of(c, stranded.getOrDefault(c.id(), 0L))))
                        .toList();
        return new ClusterOverview(clusters, primacy(), view.get(Schema.AUTOMATION, Schema.ONLY));
    }

    /// Returns the records of all clusters, by id.
    public List<ClusterRecord> clusterRecords() {
        return view.values(Schema.CLUSTERS);
    }

    /// Returns a cluster.
    public Optional<ClusterRecord> cluster(ClusterId id) {
        return view.get(Schema.CLUSTERS, id);
    }

    /// Returns who is the primary.
    public Primacy primacy() {
        return Primacies.of(view);
    }

    /// Returns the placements that were set, by type.
    public List<Placement> placements() {
        return view.values(Schema.PLACEMENTS);
    }

    /// Returns the epochs above which unknown grains begin, by type, where that is not the first.
    public List<Answer.Floor> floors() {
        Set<GrainType> types = new TreeSet<>();
        try (var rows = view.scan(Schema.EPOCH_FLOORS, KeyRange.all())) {
            rows.forEachRemaining(row -> types.add(row.key()));
        }
        if (Numbers.restoredAbove(view) > 0) {
            view.values(Schema.HOLDINGS).forEach(holding -> types.add(holding.type()));
            view.values(Schema.PLACEMENTS).forEach(placement -> types.add(placement.type()));
        }
        return types.stream()
                .map(type -> new Answer.Floor(type, Ownerships.floor(type, view)))
                .toList();
    }

    /// Returns the replicated configuration.
    public Config config() {
        return Configs.of(view);
    }

    /// Returns all moves, the newest first.
    public List<Move> moves() {
        return view.values(Schema.MOVES).stream()
                .sorted(Comparator.comparing(Move::at).reversed())
                .toList();
    }

    /// Returns a server that was admitted.
    public Optional<ServerRecord> server(ServerId id) {
        return view.get(Schema.SERVERS, id);
    }

    /// Tells whether no server has been admitted yet, and no level was raised.
    public boolean isNew() {
        return config().featureLevel() == 1 && view.values(Schema.SERVERS).isEmpty();
    }

    /// Returns the logical time in milliseconds since 1970.
    public long logicalNowMillis() {
        return Numbers.get(view, Numbers.LOGICAL_NOW);
    }

    /// Tells whether a lease has ended by `nowMillis`, and none is held then.
    public boolean isLeaseDue(long nowMillis) {
        return !LeaseHold.isOn(nowMillis, view) && isDue(Schema.LEASE_ENDS, nowMillis);
    }

    /// Tells whether a grain was released at or before `untilMillis` and is still remembered.
    public boolean isTombstoneDue(long untilMillis) {
        return isDue(Schema.TOMBSTONES, untilMillis);
    }

    /// Returns events of entries after `afterIndex`: whole entries, until there are `limit` events.
    ///
    /// @param limit 1 and up
    public EventPage events(long afterIndex, int limit) {
        List<RecordedEvent> events = new ArrayList<>();
        byte[] after = Schema.HISTORY.keys().encode(Math.max(0, afterIndex));
        try (var rows = view.scan(Schema.HISTORY, KeyRange.after(after))) {
            while (rows.hasNext() && events.size() < limit) {
                var row = rows.next();
                row.value().events().forEach(event -> events.add(at(row.key(), event)));
            }
        }
        boolean last = events.size() < limit;
        return new EventPage(events, Numbers.get(view, Numbers.HISTORY_FIRST), last);
    }

    private boolean isDue(Table<TimedGrain, Present> index, long untilMillis) {
        try (var rows = view.scan(index, TimedGrain.until(untilMillis))) {
            return rows.hasNext();
        }
    }

    private static RecordedEvent at(long index, RecordedEvent event) {
        Revision revision = new Revision(index, event.revision().ordinal());
        return new RecordedEvent(revision, event.atMillis(), event.origin(), event.event());
    }
}
