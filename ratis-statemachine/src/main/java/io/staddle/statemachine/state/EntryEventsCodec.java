package io.staddle.statemachine.state;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.statemachine.v1.CommandEvents;
import io.staddle.storage.Codec;

import java.util.ArrayList;
import java.util.List;

/// Codec of the events of an entry: time and index once an entry, the origin once a command.
final class EntryEventsCodec {
    private EntryEventsCodec() {}

    /// The index of the entry is the key of the row, and not repeated in it.
    static final Codec<EntryEvents> CODEC =
            RowCodecs.of(
                    EntryEventsCodec::encode,
                    io.staddle.statemachine.v1.EntryEvents.parser(),
                    EntryEventsCodec::decode);

    private static io.staddle.statemachine.v1.EntryEvents encode(EntryEvents entry) {
        var encoded =
                io.staddle.statemachine.v1.EntryEvents.newBuilder()
                        .setBytesBefore(entry.bytesBefore());
        CommandEvents.Builder command = CommandEvents.newBuilder().setOrdinal(-1);
        for (RecordedEvent event : entry.events()) {
            if (command.getOrdinal() != event.revision().ordinal()) {
                command =
                        encoded.addCommandsBuilder()
                                .setOrdinal(event.revision().ordinal())
                                .setOrigin(ModelCodec.encode(event.origin()));
            }
            encoded.setAtMillis(event.atMillis());
            command.addEvents(EventCodec.encode(event.event()));
        }
        return encoded.build();
    }

    private static EntryEvents decode(io.staddle.statemachine.v1.EntryEvents encoded) {
        List<RecordedEvent> events = new ArrayList<>(encoded.getCommandsCount());
        for (CommandEvents command : encoded.getCommandsList()) {
            var origin = ModelCodec.decode(command.getOrigin());
            Revision revision = new Revision(0, command.getOrdinal());
            command.getEventsList()
                    .forEach(body ->
                            events.add(
                                    new RecordedEvent(
                                            revision,
                                            encoded.getAtMillis(),
                                            origin,
                                            EventCodec.decode(body))));
        }
        return new EntryEvents(encoded.getBytesBefore(), events);
    }
}
