package io.staddle.cli.transfer;

import io.staddle.api.command.DirectoryCommand;

import java.util.ArrayList;
import java.util.List;

/// Some lines of the input that are answered together.
final class Batch {
    private final List<Entry> rows = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private long end;
    private long line;

    /// A row and where it stands.
    record Entry(long line, DirectoryCommand command) {}

    /// A line that is not a row to import.
    record Note(long line, Line what) {}

    /// Takes a line in.
    void add(LineReader.Read read, Line what) {
        end = read.end();
        line = read.number();
        switch (what) {
            case Line.Row row -> rows.add(new Entry(line, row.command()));
            case Line.Floor floor -> rows.add(new Entry(line, floor.command()));
            case Line.Unowned unowned -> notes.add(new Note(line, unowned));
            case Line.Malformed malformed -> notes.add(new Note(line, malformed));
            case Line.Blank blank -> {}
        }
    }

    boolean isEmpty() {
        return line == 0;
    }

    /// Counts the lines that it has to remember.
    int size() {
        return rows.size() + notes.size();
    }

    List<Entry> rows() {
        return rows;
    }

    List<Note> notes() {
        return notes;
    }

    List<DirectoryCommand> commands() {
        return rows.stream().map(Entry::command).toList();
    }

    /// Returns the offset after its last line.
    long end() {
        return end;
    }

    /// Returns the number of its last line.
    long line() {
        return line;
    }
}
