package io.staddle.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// The wires of a network, each from one place to another: what cuts parts of it off. Not for
/// several threads.
public final class Links implements AutoCloseable {
    private final List<Link> links = new ArrayList<>();

    private record Link(String from, String to, Wire wire) {}

    /// Creates a network without wires.
    public Links() {}

    /// Adds a wire, which is closed with the others.
    public void add(String from, String to, Wire wire) {
        links.add(new Link(from, to, wire));
    }

    /// Cuts the wires of which `which` says so.
    ///
    /// @param which gets the places that a wire goes from and to
    public void cut(BiPredicate<String, String> which) {
        links.stream()
                .filter(link -> which.test(link.from(), link.to()))
                .forEach(link -> link.wire().cut(true));
    }

    /// Makes all wires whole.
    public void heal() {
        links.forEach(link -> link.wire().cut(false));
    }

    @Override
    public void close() {
        for (Link link : links) {
            try {
                link.wire().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
