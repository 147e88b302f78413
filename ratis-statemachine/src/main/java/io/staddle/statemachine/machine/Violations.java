package io.staddle.statemachine.machine;

import java.util.ArrayList;
import java.util.List;

/// What a check found wrong, a sentence each that begins with the number of the invariant.
final class Violations {
    private final List<String> sentences = new ArrayList<>();

    void unless(boolean holds, String otherwise) {
        if (!holds) {
            sentences.add(otherwise);
        }
    }

    void add(String sentence) {
        sentences.add(sentence);
    }

    void addAll(List<String> others) {
        sentences.addAll(others);
    }

    List<String> toList() {
        return List.copyOf(sentences);
    }
}
