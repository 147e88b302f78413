package io.staddle.it.checks;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong, so that one run of the tests shows all of it.
final class Offences {
    private final List<String> found = new ArrayList<>();

    void add(Source source, long line, String what) {
        found.add(Source.root().relativize(source.file()) + ":" + line + ": " + what);
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
