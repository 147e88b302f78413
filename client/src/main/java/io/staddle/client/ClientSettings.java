package io.staddle.client;

import java.time.Duration;
import java.util.List;

/// What a client is built from.
///
/// @param endpoints the servers to begin with, at least one
/// @param callsMax how many calls may be outstanding, queued or sent
/// @param patience how long a server may take to answer a batch before another one is asked
/// @param security how connections are protected, and who the client is
/// @param observer is told of each call that has ended
/// @param spans makes a span of each call
record ClientSettings(
        List<Endpoint> endpoints,
        int callsMax,
        Duration patience,
        Security security,
        CallObserver observer,
        CallSpans spans) {}
