package io.staddle.cli.events;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;

import io.staddle.api.codec.EventFilterCodec;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.Migration;
import io.staddle.api.v1.MigrationCheckpoint;
import io.staddle.api.v1.Origin;
import io.staddle.api.v1.Revision;
import io.staddle.cli.output.Figures;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes events in a line, each part of what happened as `name=value`: so those are readable, too,
/// that this class has never heard of.
public final class EventWords {
    private static final String MILLIS = "_millis";
    private static final long FIRST_TIME = Instant.parse("2001-09-09T01:46:40Z").toEpochMilli();

    private EventWords() {}

    /// Returns the revision: `INDEX.ORDINAL`.
    public static String revision(Event event) {
        return words(event.getRevision());
    }

    /// Returns the time in UTC to the millisecond.
    public static String time(Event event) {
        return time(event.getAtMillis());
    }

    private static String time(long epochMillis) {
        String text = Instant.ofEpochMilli(epochMillis).toString();
        return text.length() == "2026-01-01T00:00:00Z".length() ? text.replace("Z", ".000Z") : text;
    }

    /// Returns what kind of event it is, as filters name it.
    public static String kind(Event event) {
        return EventFilterCodec.kind(event.getBody());
    }

    /// Returns who asked for it; may be empty.
    public static String actor(Event event) {
        return event.getOrigin().getActor();
    }

    /// Returns the reason, and what the caller calls the request.
    public static String reason(Event event) {
        Origin origin = event.getOrigin();
        return origin.getRequestId().isEmpty()
                ? origin.getReason()
                : (origin.getReason() + " [" + origin.getRequestId() + "]").strip();
    }

    /// Returns who had it done and why, in brackets after two spaces; empty if neither is known.
    public static String origin(String who, String why) {
        String text = (who + (why.isEmpty() ? "" : ": " + why)).strip();
        return text.isEmpty() ? "" : "  (" + text + ")";
    }

    /// Returns what happened.
    public static String what(EventBody body) {
        return body.getAllFields().values().stream()
                .map(each -> fields((Message) each))
                .collect(Collectors.joining());
    }

    /// Returns the fields of a message, each as `name=value`.
    static String fields(Message message) {
        return message.getAllFields().entrySet().stream()
                .map(EventWords::field)
                .collect(Collectors.joining(" "));
    }

    private static String field(Map.Entry<FieldDescriptor, Object> field) {
        String name = field.getKey().getName();
        return switch (field.getValue()) {
            case Grain grain -> grain.getType() + "/" + grain.getKey();
            case Message message when message.getAllFields().isEmpty() -> name;
            case Long millis when isTime(name, millis) ->
                    name.substring(0, name.length() - MILLIS.length()) + "_time=" + time(millis);
            case Object value -> name + "=" + words(value);
        };
    }

    /// Fields of that name are times or durations, and no duration is that long. A watermark is in
    /// the time of those who vote, whatever that is.
    private static boolean isTime(String name, long millis) {
        return name.endsWith(MILLIS)
                && millis >= FIRST_TIME
                && !name.contains("watermark")
                && !name.equals("lowest_millis");
    }

    static String words(Object value) {
        return switch (value) {
            case Revision revision -> revision.getIndex() + "." + revision.getOrdinal();
            case Migration migration -> migration(migration);
            case MigrationCheckpoint checkpoint -> "step " + checkpoint.getPhaseVersion();
            case MapEntry<?, ?> entry -> entry.getKey() + "=" + entry.getValue();
            case Message message -> inBraces(fields(message));
            case List<?> list ->
                    list.stream().map(EventWords::words).collect(Collectors.joining(",", "[", "]"));
            case EnumValueDescriptor constant -> constant(constant);
            case ByteString bytes -> "<" + Figures.bytes(bytes.size()) + ">";
            case Object other -> other.toString();
        };
    }

    /// A migration's whole record would hide what happened to it: `migration show` has it.
    private static String migration(Migration migration) {
        Migration.Aborted aborted = migration.getAborted();
        return "{%s vShard %d from %s to %s in %s%s}"
                .formatted(
                        migration.getId(),
                        migration.getVShard(),
                        migration.getSource(),
                        migration.getTarget(),
                        words(migration.getPhase().getValueDescriptor()),
                        migration.hasAborted()
                                ? ", undone: %s %s"
                                        .formatted(
                                                words(aborted.getCode().getValueDescriptor()),
                                                aborted.getReason())
                                        .strip()
                                : "");
    }

    /// A single word needs none.
    private static String inBraces(String words) {
        boolean single = !words.isEmpty() && !words.contains("=") && !words.contains(" ");
        return single ? words : "{" + words + "}";
    }

    /// Returns the name of a constant without that of its type.
    private static String constant(EnumValueDescriptor value) {
        String type = value.getType().getName().replaceAll("([a-z])([A-Z])", "$1_$2") + "_";
        String name = value.getName();
        return name.regionMatches(true, 0, type, 0, type.length())
                ? name.substring(type.length())
                : name;
    }
}
