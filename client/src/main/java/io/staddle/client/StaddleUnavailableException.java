package io.staddle.client;

import java.io.Serial;
import java.util.Map;
import java.util.stream.Collectors;

/// No server took the call before its deadline. A command was surely not carried out.
public final class StaddleUnavailableException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    private final transient Map<Endpoint, String> failures;

    StaddleUnavailableException(Map<Endpoint, String> failures) {
        super("no server took the call before its deadline: " + words(failures));
        this.failures = Map.copyOf(failures);
    }

    /// Returns the endpoints that were tried, each with how it failed last.
    public Map<Endpoint, String> failures() {
        return failures;
    }

    static String words(Map<Endpoint, String> failures) {
        return failures.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("; "));
    }
}
