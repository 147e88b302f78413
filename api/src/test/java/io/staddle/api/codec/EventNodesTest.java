package io.staddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.event.Event;
import io.staddle.api.event.EventSubject;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.query.EventFilter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who asks for what is about a node gets what names it.
final class EventNodesTest {
    private static final int SAMPLES = 20;

    private final Samples samples = new Samples(11);

    static Stream<Class<?>> events() {
        return Samples.leaves(Event.class).stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsFoundByTheNodesThatItNames(Class<?> type) {
        for (int i = 0; i < SAMPLES; i++) {
            Event event = (Event) samples.of(type);
            Set<NodeId> found = EventSubject.of(event).nodes();
            Set<NodeId> named = named(event);
            assertThat(named).as("of %s", event).containsAll(found);
            assertThat(found.isEmpty()).as("nobody found in %s", event).isEqualTo(named.isEmpty());
            found.forEach(node -> assertThat(passes(event, node)).isTrue());
            assertThat(passes(event, new NodeId("somebody-else"))).isFalse();
        }
    }

    @Test
    void aStepOfAMigrationIsFoundByBothOfItsNodes() {
        var entered = samples.of(MigrationEvent.PhaseEntered.class);
        MigrationHeader header = entered.migration().header();
        assertThat(EventSubject.of(entered).nodes())
                .containsExactlyInAnyOrder(header.source(), header.target());
    }

    private static boolean passes(Event event, NodeId node) {
        return EventFilter.node(node).passes(EventFilterCodec.kind(event), EventSubject.of(event));
    }

    /// All that stand anywhere in it.
    private static Set<NodeId> named(Object value) {
        Set<NodeId> nodes = new HashSet<>();
        collect(value, nodes);
        return nodes;
    }

    private static void collect(Object value, Set<NodeId> nodes) {
        switch (value) {
            case NodeId node -> nodes.add(node);
            case Optional<?> maybe -> maybe.ifPresent(each -> collect(each, nodes));
            case Iterable<?> all -> all.forEach(each -> collect(each, nodes));
            case Record parts -> {
                for (RecordComponent part : parts.getClass().getRecordComponents()) {
                    collect(component(parts, part), nodes);
                }
            }
            case Object leaf -> {}
        }
    }

    private static Object component(Record of, RecordComponent part) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(of);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }
}
