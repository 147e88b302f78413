package io.staddle.server.config;

import java.net.URI;
import java.util.Optional;

/// Which commands a server traces, and who is sent the spans.
///
/// @param endpoint key `tracing.otlp-endpoint`: a receiver of OTLP over HTTP, as
///     `http://HOST:PORT`; nothing is traced unless set
/// @param sampleRatio key `tracing.sample-ratio`: the part of the commands of callers that trace
///     nothing themselves; 0 to 1, default 0
public record TraceSettings(Optional<URI> endpoint, double sampleRatio) {}
