package io.staddle.cli.events;

import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.query.EventFilter;
import io.staddle.cli.shell.CliException;

import picocli.CommandLine.Option;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The options that say which events are wanted.
final class EventOptions {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            split = ",",
            description = "Only such events, as granted or holding_moved; several with commas.")
    private List<String> kinds = List.of();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only what is about grains of this type, or of these.")
    private List<GrainType> types = List.of();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "Only what is about grains whose key begins so, or about all of a type.")
    private String prefix = "";

    @Option(
            names = "--cluster",
            paramLabel = "CLUSTER",
            split = ",",
            description = "Only what names this cluster, or one of these.")
    private List<ClusterId> clusters = List.of();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "Only what is about this scope of barriers, or one of these.")
    private List<ScopeId> scopes = List.of();

    @Option(
            names = "--node",
            paramLabel = "NODE",
            split = ",",
            description =
                    "Only what names this data node or participant of barriers, or one of these.")
    private List<NodeId> nodes = List.of();

    /// Returns the filter that they make.
    ///
    /// @throws CliException if there is no such kind
    EventFilter filter() {
        Set<String> known = EventFilterCodec.kinds();
        for (String kind : kinds) {
            if (!known.contains(kind)) {
                throw CliException.usage(
                        "there are no events of kind " + kind,
                        "There are: " + String.join(", ", known));
            }
        }
        return new EventFilter(
                new HashSet<>(kinds),
                new HashSet<>(types),
                prefix,
                new HashSet<>(clusters),
                new HashSet<>(scopes),
                new HashSet<>(nodes));
    }
}
