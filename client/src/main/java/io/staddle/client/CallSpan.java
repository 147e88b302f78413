package io.staddle.client;

/// The span of a call, as far as others are to know of it.
interface CallSpan {
    /// That of a call that nobody traces.
    CallSpan NONE = () -> "";

    /// Returns what the server is told, as in the header `traceparent` of W3C Trace Context; empty
    /// if the call is not sampled.
    String traceparent();
}
