package io.staddle.statemachine.query;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.GrainFilter;
import io.staddle.statemachine.state.GrainRow.Place;
import io.staddle.statemachine.state.HoldingGrain;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.CorruptDataException;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
            byte[] prefix = new KeyWriter().number(holding.id().value()).toBytes();
            boolean within = startsWith(token, prefix);
            KeyRange range = within ? KeyRange.within(prefix, token) : KeyRange.prefix(prefix);
            byte[] next = take(holding, range, limit, found);
            if (next.length > 0) {
                return new Page<>(found, next);
            }
        }
        return new Page<>(found, new byte[0]);
    }

    /// Adds grains of a holding until the page is full; returns where to go on, empty if nowhere.
    private byte[] take(Holding holding, KeyRange range, int limit, List<Ownership> found) {
        List<GrainId> ids = new ArrayList<>();
        byte[] next = {};
        try (var rows = view.scan(Schema.HOLDING_GRAINS, range)) {
            while (rows.hasNext()) {
                HoldingGrain member = rows.next().key();
                ids.add(new GrainId(holding.type(), member.key()));
                if (found.size() + ids.size() == limit) {
                    next = Schema.HOLDING_GRAINS.keys().encode(member);
                    break;
                }
            }
        }
        var rows = view.getAll(Schema.GRAINS, ids);
        for (int i = 0; i < ids.size(); i++) {
            GrainId id = ids.get(i);
            var row =
                    rows.get(i)
                            .orElseThrow(() ->
                                    new CorruptDataException(
                                            "holding "
                                                    + holding.id()
                                                    + " lists "
                                                    + id
                                                    + ", which has no row"));
            found.add(Ownerships.of(id, row, view));
        }
        return next;
    }

    /// Returns a page of the grains in a holding, as they were last written.
    Page<HeldGrain> held(HoldingId holding, byte[] token, int limit) {
        byte[] prefix = new KeyWriter().number(holding.value()).toBytes();
        KeyRange range =
                token.length == 0 ? KeyRange.prefix(prefix) : KeyRange.within(prefix, token);
        Optional<Holding> known = view.get(Schema.HOLDINGS, holding);
        if (known.isEmpty()) {
            return new Page<>(List.of(), new byte[0]);
        }
        List<HeldGrain> found = new ArrayList<>();
        byte[] next = {};
        try (var rows = view.scan(Schema.HOLDING_GRAINS, range)) {
            while (rows.hasNext() && found.size() < limit) {
                HoldingGrain member = rows.next().key();
                held(new GrainId(known.get().type(), member.key())).ifPresent(found::add);
                next = Schema.HOLDING_GRAINS.keys().encode(member);
            }
            return new Page<>(found, rows.hasNext() ? next : new byte[0]);
        }
    }

    private Optional<HeldGrain> held(GrainId grain) {
        return view.get(Schema.GRAINS, grain)
                .filter(row -> row.place() instanceof Place.InHolding)
                .map(row -> Ownerships.held(grain, row, (Place.InHolding) row.place()));
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

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
