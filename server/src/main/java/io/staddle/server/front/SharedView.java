package io.staddle.server.front;

import io.staddle.storage.View;

import java.util.concurrent.atomic.AtomicInteger;

/// A view that several calls read, closed when the last of them has done so.
final class SharedView {
    private final View view;
    private final AtomicInteger readers;

    SharedView(View view, int readers) {
        this.view = view;
        this.readers = new AtomicInteger(readers);
    }

    View view() {
        return view;
    }

    void release() {
        if (readers.decrementAndGet() == 0) {
            view.close();
        }
    }
}
