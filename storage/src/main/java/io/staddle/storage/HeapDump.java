package io.staddle.storage;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The checkpoint of a [HeapStore]: a directory with one file of position, digest and all rows.
final class HeapDump {
    private static final String FILE = "HEAP";
    private static final int END = -1;

    private HeapDump() {}

    static LogPosition write(Path target, Tables tables, HeapVersion version) {
        if (Files.exists(target)) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.NOT_EMPTY,
                    "no " + target + " to write a checkpoint to",
                    "one",
                    "choose another path");
        }
        try {
            Files.createDirectory(target);
            var file = Files.newOutputStream(target.resolve(FILE));
            try (DataOutputStream to = new DataOutputStream(new BufferedOutputStream(file))) {
                to.writeLong(version.applied().term());
                to.writeLong(version.applied().index());
                to.writeLong(version.digest().stateHigh());
                to.writeLong(version.digest().stateLow());
                to.writeLong(version.digest().historyHigh());
                to.writeLong(version.digest().historyLow());
                for (Slot slot : tables.slots()) {
                    to.writeUTF(slot.name() + " " + slot.kind());
                    writeRows(to, version.scan(slot, KeyRange.all()));
                }
            }
        } catch (IOException e) {
            throw new StorageFailure("cannot write the checkpoint " + target, e);
        }
        return version.applied();
    }

    static HeapVersion read(Path checkpoint, Tables tables) {
        if (!Files.exists(checkpoint.resolve(FILE))) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.MISSING,
                    "a checkpoint of a heap store at " + checkpoint,
                    "none",
                    "check the path");
        }
        try (var file = Files.newInputStream(checkpoint.resolve(FILE));
                var from = new DataInputStream(new BufferedInputStream(file))) {
            return read(from, tables);
        } catch (IOException e) {
            throw new CorruptDataException("cannot read the checkpoint " + checkpoint, e);
        }
    }

    private static HeapVersion read(DataInputStream from, Tables tables) throws IOException {
        LogPosition applied = new LogPosition(from.readLong(), from.readLong());
        Digest digest =
                new Digest(from.readLong(), from.readLong(), from.readLong(), from.readLong());
        List<Image<byte[]>> rows = new ArrayList<>();
        List<Image<Held>> images = new ArrayList<>();
        List<LogEnds> ends = new ArrayList<>();
        for (Slot slot : tables.slots()) {
            String found = from.readUTF();
            String expected = slot.name() + " " + slot.kind();
            if (!found.equals(expected)) {
                throw new StoreRefusedException(
                        StoreRefusedException.Reason.OTHER_SCHEMA,
                        "table " + expected,
                        found,
                        "open it with the tables it was written with");
            }
            Image<byte[]> table = readRows(from);
            rows.add(table);
            images.add(slot.kind() == Table.Kind.RESIDENT ? decode(slot, table) : Image.empty());
            ends.add(
                    new LogEnds(
                            Bytes.ABSENT, table.last().map(Image.Entry::key).orElse(Bytes.ABSENT)));
        }
        return new HeapVersion(
                applied,
                digest,
                List.copyOf(rows),
                List.copyOf(images),
                List.copyOf(ends),
                new AtomicBoolean());
    }

    private static Image<Held> decode(Slot slot, Image<byte[]> rows) {
        Image<Held> image = Image.empty();
        for (var all = rows.scan(KeyRange.all()); all.hasNext(); ) {
            var row = all.next();
            image = image.with(row.key(), Held.of(slot.table(), row.key(), row.value()));
        }
        return image;
    }

    private static void writeRows(DataOutputStream to, ByteCursor rows) throws IOException {
        while (rows.advance()) {
            to.writeInt(rows.key().length);
            to.write(rows.key());
            to.writeInt(rows.value().length);
            to.write(rows.value());
        }
        to.writeInt(END);
    }

    private static Image<byte[]> readRows(DataInputStream from) throws IOException {
        Image<byte[]> rows = Image.empty();
        for (int length = from.readInt(); length != END; length = from.readInt()) {
            byte[] key = from.readNBytes(length);
            rows = rows.with(key, from.readNBytes(from.readInt()));
        }
        return rows;
    }
}
