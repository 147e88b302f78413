package io.staddle.client;

import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.GrainFilter;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The grains of a list, read page by page, with one page read ahead. For one thread.
///
/// [#hasNext] and [#next] wait when the next page is not there yet, and throw what a query throws.
/// Closing it gives up the page that is on its way; a cursor that was read to its end needs no
/// closing.
public final class GrainCursor implements Iterator<Ownership>, AutoCloseable {
    private final Calls calls;
    private final GrainFilter filter;
    private final Consistency consistency;
    private Iterator<Ownership> page = List.<Ownership>of().iterator();
    private CompletableFuture<GrainPage> ahead;

    GrainCursor(Calls calls, GrainFilter filter, Consistency consistency) {
        this.calls = calls;
        this.filter = filter;
        this.consistency = consistency;
        this.ahead = calls.page(filter, GrainPage.START, consistency);
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext()) {
            GrainPage arrived = calls.await(ahead);
            ahead =
                    arrived.isLast()
                            ? CompletableFuture.completedFuture(GrainPage.END)
                            : calls.page(filter, arrived.next(), consistency);
            page = arrived.grains().iterator();
            if (arrived.isLast()) {
                return page.hasNext();
            }
        }
        return true;
    }

    @Override
    public Ownership next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the list has ended");
        }
        return page.next();
    }

    /// Returns the rest as a stream; closing the stream closes the cursor.
    public Stream<Ownership> stream() {
        int shape = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, shape), false)
                .onClose(this::close);
    }

    @Override
    public void close() {
        ahead.cancel(false);
        ahead = CompletableFuture.completedFuture(GrainPage.END);
        page = List.<Ownership>of().iterator();
    }
}
