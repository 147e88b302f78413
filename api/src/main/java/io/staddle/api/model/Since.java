package io.staddle.api.model;

import io.staddle.api.id.Revision;

/// When something became as it is.
///
/// @param atMillis logical time in milliseconds since 1970
public record Since(Revision revision, long atMillis) implements Comparable<Since> {
    @Override
    public int compareTo(Since other) {
        return revision.compareTo(other.revision);
    }
}
