package io.staddle.statemachine.query;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.GrainFilter;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Lists grains page by page. A page starts where the last one ended, whatever happened meanwhile.
///
/// Grains of an owner are found through its holdings, so the cost is what is listed.
final class GrainLists {
    private final Reads view;

    GrainLists(Reads view) {
        this.view = view;
    }

    Page<Ownership> list(GrainFilter filter, byte[] token, int limit) {
        return switch (filter) {
            case GrainFilter.All _ -> byName(new byte[0], token, limit);
            case GrainFilter.OfType(var type, var keyPrefix) ->
                    byName(
                            new KeyWriter().text(type.name()).textPrefix(keyPrefix).toBytes(),
                            token,
                            limit);
            case GrainFilter.OwnedBy(var owner) ->
                    byOwner(holding -> holding.isOwnedBy(owner), token, limit);
            case GrainFilter.OwnedOfType(var owner, var type) ->
                    byOwner(isOfType(owner, type), token, limit);
            case GrainFilter.OwnedIn(var owned, var buckets) -> {
                // So a page may be short, or empty, and yet not be the last.
                Page<Ownership> page = list(owned, token, limit);
                yield new Page<>(
                        page.items().stream()
                                .filter(each -> buckets.contains(each.grain()))
                                .toList(),
                        page.next());
            }
        };
    }

    private Page<Ownership> byName(byte[] prefix, byte[] token, int limit) {
        KeyRange range =
                token.length == 0 ? KeyRange.prefix(prefix) : KeyRange.within(prefix, token);
        List<Ownership> found = new ArrayList<>(limit);
        byte[] last = {};
        try (var rows = view.scan(Schema.GRAINS, range)) {
            while (rows.hasNext() && found.size() < limit) {
                var row = rows.next();
                found.add(Ownerships.of(row.key(), row.value(), view));
                last = found.size() == limit ? Schema.GRAINS.keys().encode(row.key()) : last;
            }
            return new Page<>(found, rows.hasNext() ? last : new byte[0]);
        }
    }

    private Page<Ownership> byOwner(Predicate<Holding> affected, byte[] token, int limit) {
        List<Ownership> found = new ArrayList<>(limit);
        for (Holding holding : holdingsFrom(token, affected)) {
            Function<ClusterId, Fence> fences = fences(holding);
            byte[] next =
                    new Members(holding, view)
                            .take(
                                    token,
                                    limit - found.size(),
                                    held -> found.add(held.in(holding, fences)));
            if (next.length > 0) {
                return new Page<>(found, next);
            }
        }
        return new Page<>(found, new byte[0]);
    }

    /// Returns the fence of whoever owns a holding, and looks for it once.
    private Function<ClusterId, Fence> fences(Holding holding) {
        Fence fence =
                holding.owner()
                        .flatMap(owner -> view.get(Schema.CLUSTERS, owner))
                        .map(ClusterRecord::fence)
                        .orElse(Fence.NONE);
        return _ -> fence;
    }

    /// Returns a page of the grains in a holding, as they were last written.
    Page<HeldGrain> held(HoldingId holding, byte[] token, int limit) {
        List<HeldGrain> found = new ArrayList<>();
        byte[] next =
                view.get(Schema.HOLDINGS, holding)
                        .map(known -> new Members(known, view).take(token, limit, found::add))
                        .orElse(new byte[0]);
        return new Page<>(found, next);
    }

    private List<Holding> holdingsFrom(byte[] token, Predicate<Holding> affected) {
        byte[] first = Arrays.copyOf(token, Math.min(token.length, Long.BYTES));
        List<Holding> holdings = new ArrayList<>();
        try (var rows = view.scan(Schema.HOLDINGS, KeyRange.startingAt(first))) {
            while (rows.hasNext()) {
                Holding holding = rows.next().value();
                if (affected.test(holding)) {
                    holdings.add(holding);
                }
            }
        }
        return holdings;
    }

    private static Predicate<Holding> isOfType(ClusterId owner, GrainType type) {
        return holding -> holding.isOwnedBy(owner) && holding.type().equals(type);
    }
}
