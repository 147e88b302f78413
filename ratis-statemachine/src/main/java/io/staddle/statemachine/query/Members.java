package io.staddle.statemachine.query;

import io.staddle.api.id.GrainId;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.model.Holding;
import io.staddle.statemachine.state.GrainRow;
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
import java.util.function.Consumer;

/// The grains in a holding, by key.
///
/// While most of the grains of its type are in it, their rows are walked over: that costs half of
/// looking into the index first. Else the index says which rows to read.
final class Members {
    /// How many rows of other holdings may be passed, besides one for each that is found.
    private static final int OTHERS_MAX = 64;

    private final Holding holding;
    private final Reads view;
    private final byte[] prefix;

    Members(Holding holding, Reads view) {
        this.holding = holding;
        this.view = view;
        prefix = new KeyWriter().number(holding.id().value()).toBytes();
    }

    /// Hands out at most `limit` of them.
    ///
    /// @param token where to go on, as it was returned; in front of all of them if it is of another
    ///     holding
    /// @return where to go on, if there were so many; else empty
    byte[] take(byte[] token, int limit, Consumer<HeldGrain> found) {
        byte[] after =
                startsWith(token, prefix)
                        ? Arrays.copyOfRange(token, prefix.length, token.length)
                        : new byte[0];
        return walk(after, limit, found);
    }

    /// Walks over the rows of the type.
    ///
    /// @param after the bytes of a key, whoever made them: they are the same in both tables
    private byte[] walk(byte[] after, int limit, Consumer<HeldGrain> found) {
        byte[] type = new KeyWriter().text(holding.type().name()).toBytes();
        int taken = 0;
        int others = 0;
        GrainId last;
        try (var rows = view.scan(Schema.GRAINS, range(type, after))) {
            do {
                if (!rows.hasNext()) {
                    return new byte[0];
                }
                var row = rows.next();
                last = row.key();
                Optional<HeldGrain> held = held(last, row.value());
                if (held.isPresent()) {
                    found.accept(held.get());
                    taken++;
                } else {
                    others++;
                }
            } while (taken < limit && others <= taken + OTHERS_MAX);
        }
        byte[] place = place(last);
        return taken == limit ? place : look(place, limit - taken, found);
    }

    /// Looks into the index.
    private byte[] look(byte[] token, int limit, Consumer<HeldGrain> found) {
        List<GrainId> ids = new ArrayList<>();
        try (var members = view.scan(Schema.HOLDING_GRAINS, KeyRange.within(prefix, token))) {
            while (members.hasNext() && ids.size() < limit) {
                ids.add(new GrainId(holding.type(), members.next().key().key()));
            }
        }
        var rows = view.getAll(Schema.GRAINS, ids);
        for (int i = 0; i < ids.size(); i++) {
            GrainId id = ids.get(i);
            found.accept(rows.get(i).flatMap(row -> held(id, row)).orElseThrow(() -> notThere(id)));
        }
        return ids.size() == limit ? place(ids.getLast()) : new byte[0];
    }

    private Optional<HeldGrain> held(GrainId grain, GrainRow row) {
        return row.place() instanceof Place.InHolding place && place.holding().equals(holding.id())
                ? Optional.of(Ownerships.held(grain, row, place))
                : Optional.empty();
    }

    private byte[] place(GrainId grain) {
        return Schema.HOLDING_GRAINS.keys().encode(new HoldingGrain(holding.id(), grain.key()));
    }

    private CorruptDataException notThere(GrainId grain) {
        return new CorruptDataException(
                "holding " + holding.id() + " lists " + grain + ", which is not in it");
    }

    private static KeyRange range(byte[] type, byte[] after) {
        if (after.length == 0) {
            return KeyRange.prefix(type);
        }
        byte[] key = Arrays.copyOf(type, type.length + after.length);
        System.arraycopy(after, 0, key, type.length, after.length);
        return KeyRange.within(type, key);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
