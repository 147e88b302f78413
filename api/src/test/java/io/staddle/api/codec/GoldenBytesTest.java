package io.staddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;

import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.event.Event;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The bytes of commands and events are format: logs and histories are full of them.
///
/// When a record is added, its line is in `target/golden-bytes.txt` after the failure. A line that
/// is there already is never changed.
final class GoldenBytesTest {
    private static final String RESOURCE = "golden-bytes.txt";

    @Test
    void theBytesAreThoseThatEarlierVersionsWrote() throws IOException {
        String now =
                lines(Golden.COMMANDS, GoldenBytesTest::bytes)
                        + lines(Golden.EVENTS, e -> EventCodec.encode(e).toByteArray());
        Files.writeString(Path.of("target", RESOURCE), now);
        assertThat(now).isEqualTo(resource());
    }

    @Test
    void theBytesOfEarlierVersionsAreUnderstood() throws IOException {
        Map<String, byte[]> golden = golden();
        for (Command command : Golden.COMMANDS) {
            assertThat(command(bytes(golden, command))).isEqualTo(Golden.proposal(command));
        }
        for (Event event : Golden.EVENTS) {
            assertThat(event(bytes(golden, event))).isEqualTo(event);
        }
    }

    @Test
    void everyCommandAndEventHasALine() throws IOException {
        assertThat(golden().keySet())
                .containsAll(names(Command.class))
                .containsAll(names(Event.class));
    }

    private static List<String> names(Class<?> family) {
        return Samples.leaves(family).stream().map(GoldenBytesTest::name).toList();
    }

    private static <T> String lines(List<T> values, Function<T, byte[]> encode) {
        return values.stream()
                .map(value ->
                        name(value) + " " + HexFormat.of().formatHex(encode.apply(value)) + "\n")
                .collect(Collectors.joining());
    }

    private static byte[] bytes(Command command) {
        return CommandCodec.encode(Golden.proposal(command)).toByteArray();
    }

    private static byte[] bytes(Map<String, byte[]> golden, Object value) {
        byte[] bytes = golden.get(name(value));
        if (bytes == null) {
            throw new AssertionError(RESOURCE + " has no line for " + name(value));
        }
        return bytes;
    }

    private static Proposal command(byte[] bytes) throws InvalidProtocolBufferException {
        return CommandCodec.decode(io.staddle.api.v1.Command.parseFrom(bytes));
    }

    private static Event event(byte[] bytes) throws InvalidProtocolBufferException {
        return EventCodec.decode(io.staddle.api.v1.EventBody.parseFrom(bytes));
    }

    private static String name(Object value) {
        return name(value.getClass());
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static Map<String, byte[]> golden() throws IOException {
        Map<String, byte[]> golden = new LinkedHashMap<>();
        resource()
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(parts -> golden.put(parts[0], HexFormat.of().parseHex(parts[1])));
        return golden;
    }

    private static String resource() throws IOException {
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream(RESOURCE)) {
            assertThat(in).as(RESOURCE).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
