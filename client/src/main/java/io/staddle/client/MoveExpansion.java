package io.staddle.client;

import com.google.protobuf.ByteString;

import io.staddle.api.codec.MoveCodec;
import io.staddle.api.event.DirectoryEvent.HoldingMoved;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.query.Consistency;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.ListGrainsRequest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The grains that a move of a holding was about, by key, a page at a time.
///
/// A moved holding takes no new grains. So these are the grains that moved, but for those that have
/// left the holding since: what became of them is in events of their own.
final class MoveExpansion implements Iterator<MovedGrain> {
    private static final int PAGE_SIZE = 5_000;

    private final Calls calls;
    private final HoldingMoved moved;
    private final Consistency consistency;
    private final Deque<MovedGrain> ready = new ArrayDeque<>();
    private ByteString token = ByteString.EMPTY;
    private boolean last;

    /// @param index of the move
    MoveExpansion(Calls calls, HoldingMoved moved, long index) {
        this.calls = calls;
        this.moved = moved;
        consistency = new Consistency.AtLeast(index);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !last) {
            fetch();
        }
        return !ready.isEmpty();
    }

    @Override
    public MovedGrain next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more grains");
        }
        return ready.remove();
    }

    private void fetch() {
        ListGrainsRequest request =
                ListGrainsRequest.newBuilder()
                        .setHolding(moved.holding().value())
                        .setPageSize(PAGE_SIZE)
                        .setPageToken(token)
                        .setConsistency(Requests.consistency(consistency))
                        .build();
        ListGrainsAnswer page =
                calls.await(
                        calls.query(
                                DirectoryGrpc.getListGrainsMethod(),
                                request,
                                answer -> answer,
                                Calls.route(consistency)));
        page.getHeldList().stream().map(MoveCodec::decode).forEach(this::add);
        token = page.getNextPageToken();
        last = token.isEmpty();
    }

    private void add(HeldGrain held) {
        if (held.shift() < moved.shift()) {
            ready.add(
                    new MovedGrain(
                            held.grain(), moved.from(), moved.to(), held.epochAt(moved.shift())));
        }
    }
}
