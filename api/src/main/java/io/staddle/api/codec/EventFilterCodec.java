package io.staddle.api.codec;

import com.google.protobuf.Descriptors.FieldDescriptor;

import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.EventBody;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Codec of filters of events, and the names of events.
public final class EventFilterCodec {
    private static final Set<String> KINDS =
            EventBody.getDescriptor().getFields().stream()
                    .map(FieldDescriptor::getName)
                    .collect(Collectors.toCollection(TreeSet::new));

    private EventFilterCodec() {}

    /// Returns the names of all events, sorted.
    public static Set<String> kinds() {
        return new TreeSet<>(KINDS);
    }

    /// Returns the name of an event, such as `granted`.
    public static String kind(EventBody body) {
        int number = body.getKindCase().getNumber();
        return EventBody.getDescriptor().findFieldByNumber(number).getName();
    }

    /// Returns the name of an event, such as `granted`.
    public static String kind(Event event) {
        return kind(EventCodec.encode(event));
    }

    /// Encodes a filter.
    public static io.staddle.api.v1.EventFilter encode(EventFilter filter) {
        return io.staddle.api.v1.EventFilter.newBuilder()
                .addAllKinds(new TreeSet<>(filter.kinds()))
                .addAllTypes(filter.types().stream().map(GrainType::name).sorted().toList())
                .setKeyPrefix(filter.keyPrefix())
                .addAllClusters(filter.clusters().stream().map(ClusterId::value).sorted().toList())
                .addAllScopes(filter.scopes().stream().map(ScopeId::value).sorted().toList())
                .addAllNodes(filter.nodes().stream().map(NodeId::value).sorted().toList())
                .build();
    }

    /// Decodes a filter.
    ///
    /// @throws io.staddle.api.id.MalformedException if it names an event that there is not, or what
    ///     is no type or cluster
    public static EventFilter decode(io.staddle.api.v1.EventFilter filter) {
        if (filter.getSerializedSize() == 0) {
            return EventFilter.ALL;
        }
        Set<String> kinds = new HashSet<>(filter.getKindsList());
        for (String kind : kinds) {
            if (!KINDS.contains(kind)) {
                throw Malformed.of("kind", "one of " + KINDS, kind);
            }
        }
        return new EventFilter(
                kinds,
                each(filter.getTypesList(), GrainType::new),
                filter.getKeyPrefix(),
                each(filter.getClustersList(), ClusterId::new),
                each(filter.getScopesList(), ScopeId::new),
                each(filter.getNodesList(), NodeId::new));
    }

    private static <T> Set<T> each(Iterable<String> names, Function<String, T> decode) {
        Set<T> all = new HashSet<>();
        names.forEach(name -> all.add(decode.apply(name)));
        return all;
    }
}
