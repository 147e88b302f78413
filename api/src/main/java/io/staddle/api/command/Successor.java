package io.staddle.api.command;

import io.staddle.api.id.ClusterId;

/// Who is to own what another cluster gives up.
public sealed interface Successor {
    /// For each type the first healthy cluster, by tier and name, that placement allows.
    record ByPlacement() implements Successor {}

    /// This one, for the types that placement allows it.
    record Named(ClusterId cluster) implements Successor {}
}
