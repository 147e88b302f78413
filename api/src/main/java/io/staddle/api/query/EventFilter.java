package io.staddle.api.query;

import io.staddle.api.event.EventSubject;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;

import java.util.Set;

/// Which events are wanted: those that pass every part that says something.
///
/// @param kinds names of events as they travel, such as `granted`; empty for all
/// @param types types of grains; empty for events about anything
/// @param keyPrefix how the key of a grain begins. Events about all grains of a type pass as well:
///     they may be about one with such a key. Empty for events about anything
/// @param clusters events that name one of them; empty for events about anything
/// @param scopes events about one of these scopes of barriers; empty for events about anything
/// @param nodes events that name one of these data nodes, or participants of barriers; empty for
///     events about anything
public record EventFilter(
        Set<String> kinds,
        Set<GrainType> types,
        String keyPrefix,
        Set<ClusterId> clusters,
        Set<ScopeId> scopes,
        Set<NodeId> nodes) {
    /// Lets everything pass.
    public static final EventFilter ALL =
            new EventFilter(Set.of(), Set.of(), "", Set.of(), Set.of(), Set.of());

    /// Copies the sets.
    public EventFilter {
        kinds = Set.copyOf(kinds);
        types = Set.copyOf(types);
        clusters = Set.copyOf(clusters);
        scopes = Set.copyOf(scopes);
        nodes = Set.copyOf(nodes);
    }

    /// Returns a filter for the grains of one type whose key begins so.
    public static EventFilter grains(GrainType type, String keyPrefix) {
        return new EventFilter(Set.of(), Set.of(type), keyPrefix, Set.of(), Set.of(), Set.of());
    }

    /// Returns a filter for what names one cluster.
    public static EventFilter cluster(ClusterId cluster) {
        return new EventFilter(Set.of(), Set.of(), "", Set.of(cluster), Set.of(), Set.of());
    }

    /// Returns a filter for what is about one scope of barriers.
    public static EventFilter scope(ScopeId scope) {
        return new EventFilter(Set.of(), Set.of(), "", Set.of(), Set.of(scope), Set.of());
    }

    /// Returns a filter for what names one data node, or participant of barriers.
    public static EventFilter node(NodeId node) {
        return new EventFilter(Set.of(), Set.of(), "", Set.of(), Set.of(), Set.of(node));
    }

    /// Returns a filter for the grains of some types.
    public static EventFilter types(Set<GrainType> types) {
        return new EventFilter(Set.of(), types, "", Set.of(), Set.of(), Set.of());
    }

    /// Returns the same filter for these kinds only.
    public EventFilter ofKinds(Set<String> wanted) {
        return new EventFilter(wanted, types, keyPrefix, clusters, scopes, nodes);
    }

    /// Tells whether it lets everything pass.
    public boolean isEmpty() {
        return this.equals(ALL);
    }

    /// Tells whether an event passes.
    ///
    /// @param kind its name as it travels
    /// @param subject what it is about
    public boolean passes(String kind, EventSubject subject) {
        return (kinds.isEmpty() || kinds.contains(kind))
                && (types.isEmpty() || subject.type().filter(types::contains).isPresent())
                && (keyPrefix.isEmpty() || passesPrefix(subject))
                && (clusters.isEmpty() || subject.clusters().stream().anyMatch(clusters::contains))
                && (scopes.isEmpty() || subject.scope().filter(scopes::contains).isPresent())
                && (nodes.isEmpty() || subject.nodes().stream().anyMatch(nodes::contains));
    }

    private boolean passesPrefix(EventSubject subject) {
        return subject.type().isPresent()
                && (subject.key().isEmpty() || subject.key().get().startsWith(keyPrefix));
    }
}
