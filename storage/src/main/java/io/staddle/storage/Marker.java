package io.staddle.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The file `STORE`, whose presence says that a directory holds a whole store, and which one.
///
/// ```
/// staddle-store 1
/// owner: grains of eu-1, server 2
/// data: data-1
/// durable: 3 1042                    term and index: the database holds at least this commit
/// table: grains ROWS
/// table: holdings RESIDENT
/// checksum: 5f8a03d1                 CRC-32C of the lines before
/// ```
/// It is written last and replaced by a rename. The database is in the directory that it names, so
/// that replacing the file replaces the whole content at once.
///
/// @param identity whose store it is
/// @param data the name of the directory with the database
/// @param durable a commit that is in the database for sure: RocksDB takes a shortened list of its
///     files for an older one, and would silently go back
/// @param tables the kinds of the tables, by name
record Marker(
        StoreIdentity identity,
        String data,
        LogPosition durable,
        SortedMap<String, Table.Kind> tables) {
    static final String FILE = "STORE";
    static final String TEMPORARY = "STORE.tmp";
    static final String DATA_PREFIX = "data-";

    private static final String FORMAT = "staddle-store ";
    private static final int VERSION = 1;
    private static final String OWNER = "owner: ";
    private static final String DATA = "data: ";
    private static final String DURABLE = "durable: ";
    private static final String TABLE = "table: ";
    private static final String CHECKSUM = "checksum: ";

    Marker {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    static Marker of(StoreIdentity identity, String data, Tables tables) {
        SortedMap<String, Table.Kind> kinds = new TreeMap<>();
        tables.slots().forEach(slot -> kinds.put(slot.name(), slot.kind()));
        return new Marker(identity, data, LogPosition.NONE, kinds);
    }

    /// Says whether `name` is one that a store gives to a file in its directory.
    static boolean isOurs(String name) {
        return name.equals(FILE) || name.equals(TEMPORARY) || name.startsWith(DATA_PREFIX);
    }

    Marker of(StoreIdentity other) {
        return new Marker(other, data, durable, tables);
    }

    Marker in(String otherData) {
        return new Marker(identity, otherData, durable, tables);
    }

    Marker with(Tables known) {
        return new Marker(identity, data, durable, of(identity, data, known).tables);
    }

    Marker without(Set<String> names) {
        SortedMap<String, Table.Kind> fewer = new TreeMap<>(tables);
        fewer.keySet().removeAll(names);
        return new Marker(identity, data, durable, fewer);
    }

    Marker durableTo(LogPosition position) {
        return new Marker(identity, data, position, tables);
    }

    /// Refuses a database that has lost commits.
    void requireDurable(Path dir, LogPosition found) {
        if (found.compareTo(durable) < 0) {
            throw new CorruptDataException(
                    "expected all commits up to "
                            + durable
                            + " in "
                            + dir
                            + ", found those up to "
                            + found
                            + "; restore the store from a checkpoint or"
                            + " from the other servers");
        }
    }

    /// Writes the file durably; from then on the directory is a store.
    void write(Path dir) throws IOException {
        StringBuilder text = new StringBuilder(FORMAT).append(VERSION).append('\n');
        text.append(OWNER).append(identity.owner()).append('\n');
        text.append(DATA).append(data).append('\n');
        text.append(DURABLE)
                .append(durable.term())
                .append(' ')
                .append(durable.index())
                .append('\n');
        tables.forEach((name, kind) ->
                text.append(TABLE).append(name).append(' ').append(kind).append('\n'));
        String fields = text.toString();
        Path temporary = dir.resolve(TEMPORARY);
        Files.writeString(temporary, fields + CHECKSUM + checksum(fields) + "\n", UTF_8);
        Directories.sync(temporary);
        Directories.rename(temporary, dir.resolve(FILE));
    }

    /// Reads the file of a directory that must be a store of `owner`.
    static Marker read(Path dir, StoreIdentity owner) throws IOException {
        Marker marker = read(dir);
        marker.requireOwner(dir, owner);
        return marker;
    }

    /// Reads the file of a directory that must be a store.
    static Marker read(Path dir) throws IOException {
        List<String> names = Directories.names(dir);
        if (names.isEmpty()) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.MISSING,
                    "a store in " + dir,
                    Files.exists(dir) ? "no file" : "no such directory",
                    "check the path; a server that had data must get it from the others");
        }
        if (!names.contains(FILE)) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.UNMARKED,
                    "a file " + FILE + " in " + dir,
                    "only " + names,
                    "it is no store, or making it was cut off: if nothing of it is needed, delete"
                            + " it and start again");
        }
        return parse(dir, Files.readString(dir.resolve(FILE), UTF_8));
    }

    /// Refuses unless the store is that of `expected`.
    private void requireOwner(Path dir, StoreIdentity expected) {
        if (!identity.equals(expected)) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.FOREIGN,
                    "the store of '" + expected.owner() + "' in " + dir,
                    "that of '" + identity.owner() + "'",
                    "check the path and the configuration");
        }
    }

    /// Refuses unless all tables of the store are known, as the same kind.
    void requireKnown(Path dir, Tables known) {
        requireSame(dir, of(identity, data, known).tables, tables.keySet());
    }

    /// Refuses tables that are known, but as another kind; others do not matter.
    void requireKinds(Path dir, Tables known) {
        SortedMap<String, Table.Kind> kinds = of(identity, data, known).tables;
        requireSame(dir, kinds, kinds.keySet());
    }

    private void requireSame(Path dir, Map<String, Table.Kind> kinds, Set<String> names) {
        tables.forEach((name, kind) -> {
            if (names.contains(name) && kinds.get(name) != kind) {
                throw new StoreRefusedException(
                        StoreRefusedException.Reason.OTHER_SCHEMA,
                        "tables " + kinds + " in " + dir,
                        "table " + name + " of kind " + kind,
                        "it was written by another version: start that one");
            }
        });
    }

    /// Returns tables of these names and kinds, to read bytes with.
    Tables rawTables() {
        List<Table<?, ?>> raw = new ArrayList<>();
        tables.forEach((name, kind) -> raw.add(new Table<>(name, Keys.TEXT, Keys.TEXT, kind)));
        return new Tables(raw);
    }

    private static Marker parse(Path dir, String text) {
        if (!text.startsWith(FORMAT + VERSION + "\n")) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.OTHER_FORMAT,
                    FORMAT + VERSION + " in " + dir,
                    "'" + text.lines().findFirst().orElse("") + "'",
                    "it was written by another version: start that one");
        }
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0
                || !text.substring(end)
                        .equals(CHECKSUM + checksum(text.substring(0, end)) + "\n")) {
            throw damaged(dir, "a checksum that fits the text", "another, or none");
        }
        try {
            return fields(dir, text.substring(0, end).lines().skip(1).toList());
        } catch (IllegalArgumentException e) {
            throw damaged(dir, "valid values", String.valueOf(e.getMessage()));
        }
    }

    private static Marker fields(Path dir, List<String> lines) {
        String owner = "";
        String data = "";
        LogPosition durable = LogPosition.NONE;
        SortedMap<String, Table.Kind> tables = new TreeMap<>();
        for (String line : lines) {
            if (line.startsWith(OWNER)) {
                owner = line.substring(OWNER.length());
            } else if (line.startsWith(DATA + DATA_PREFIX)) {
                data = line.substring(DATA.length());
            } else if (line.startsWith(DURABLE)) {
                durable = position(line.substring(DURABLE.length()));
            } else if (line.startsWith(TABLE) && line.lastIndexOf(' ') >= TABLE.length()) {
                int split = line.lastIndexOf(' ');
                tables.put(
                        line.substring(TABLE.length(), split),
                        Table.Kind.valueOf(line.substring(split + 1)));
            } else {
                throw damaged(dir, "known lines", "'" + line + "'");
            }
        }
        if (data.isEmpty() || data.contains("/") || data.contains("\\")) {
            throw damaged(dir, "the name of a data directory", "'" + data + "'");
        }
        return new Marker(new StoreIdentity(owner), data, durable, tables);
    }

    private static LogPosition position(String text) {
        String[] numbers = text.split(" ", 2);
        if (numbers.length != 2) {
            throw new IllegalArgumentException("a position is a term and an index, not " + text);
        }
        return new LogPosition(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    private static CorruptDataException damaged(Path dir, String expected, String found) {
        return new CorruptDataException(
                "expected "
                        + expected
                        + " in "
                        + dir.resolve(FILE)
                        + ", found "
                        + found
                        + "; restore the store from a checkpoint or from the other servers");
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
