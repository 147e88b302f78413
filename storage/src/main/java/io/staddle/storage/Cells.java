package io.staddle.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The rows of one table that a batch has read or written.
///
/// An open hash table of cells by key, not by its bytes: a command looks at the same few rows again
/// and again, and needs the bytes of a key only once.
final class Cells {
    private static final Cell FREE = new Cell("", Bytes.ABSENT, 0, Bytes.ABSENT);
    private static final Comparator<Cell> BY_KEY = (a, b) -> Arrays.compareUnsigned(a.key, b.key);
    private static final int CAPACITY_AT_FIRST = 64;

    private Cell[] cells = {};
    private int count;
    private final List<Cell> written = new ArrayList<>();
    // Only for tables that are scanned within the batch.
    private Optional<SortedMap<byte[], Cell>> sorted = Optional.empty();

    Optional<Cell> find(Object key) {
        if (count == 0) {
            return Optional.empty();
        }
        Cell cell = cells[place(key, hash(key))];
        return cell == FREE ? Optional.empty() : Optional.of(cell);
    }

    /// Adds a row that was not found.
    Cell add(Object of, byte[] key, byte[] before) {
        if (2 * (count + 1) > cells.length) {
            grow();
        }
        Cell cell = new Cell(of, key, hash(of), before);
        cells[place(of, cell.hash)] = cell;
        count++;
        return cell;
    }

    /// Sets what the batch makes of a row.
    void write(Cell cell, byte[] now, Optional<Object> decoded) {
        cell.now = now;
        cell.decoded = decoded;
        if (!cell.written) {
            cell.written = true;
            written.add(cell);
            sorted.ifPresent(map -> map.put(cell.key, cell));
        }
    }

    /// Returns the rows to be written, in the order of their first writes.
    List<Cell> written() {
        return written;
    }

    /// Returns the rows to be written, by key. RocksDB inserts neighbours faster: it begins to look
    /// for the place of a key where it put the one before.
    List<Cell> writtenSorted() {
        written.sort(BY_KEY);
        return written;
    }

    /// Returns the rows to be written in `range`, ascending.
    Collection<Cell> writtenIn(KeyRange range) {
        if (written.isEmpty() || range.isEmpty()) {
            return List.of();
        }
        SortedMap<byte[], Cell> map = sorted.orElseGet(this::sort);
        return range.to().length == 0
                ? map.tailMap(range.from()).values()
                : map.subMap(range.from(), range.to()).values();
    }

    private SortedMap<byte[], Cell> sort() {
        SortedMap<byte[], Cell> map = new TreeMap<>(Arrays::compareUnsigned);
        for (Cell cell : written) {
            map.put(cell.key, cell);
        }
        sorted = Optional.of(map);
        return map;
    }

    private static int hash(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    private int place(Object key, int hash) {
        int mask = cells.length - 1;
        int at = hash & mask;
        while (cells[at] != FREE && !(cells[at].hash == hash && cells[at].of.equals(key))) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        Cell[] old = cells;
        cells = new Cell[Math.max(CAPACITY_AT_FIRST, 2 * old.length)];
        Arrays.fill(cells, FREE);
        for (Cell cell : old) {
            if (cell != FREE) {
                cells[place(cell.of, cell.hash)] = cell;
            }
        }
    }
}
