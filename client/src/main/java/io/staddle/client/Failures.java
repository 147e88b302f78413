package io.staddle.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// How the calls of a lane failed last on each endpoint since one succeeded. Confined to its lane.
final class Failures {
    private final Map<Endpoint, String> byEndpoint = new LinkedHashMap<>();

    void add(Endpoint endpoint, String how) {
        byEndpoint.put(endpoint, how);
    }

    void clear() {
        if (!byEndpoint.isEmpty()) {
            byEndpoint.clear();
        }
    }

    Map<Endpoint, String> copy() {
        return new LinkedHashMap<>(byEndpoint);
    }

    /// Returns why a query has no answer by its deadline.
    ///
    /// @param taken whether a server took it
    StaddleException ofQuery(boolean taken) {
        return taken
                ? new StaddleDeadlineException(
                        "the deadline passed before a server had answered: " + this)
                : new StaddleUnavailableException(copy());
    }

    @Override
    public String toString() {
        return byEndpoint.isEmpty()
                ? "nothing failed"
                : byEndpoint.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .collect(Collectors.joining("; "));
    }
}
