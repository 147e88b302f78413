package io.staddle.dataplane.ratis;

import io.staddle.client.migration.Serving;

import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

import java.util.List;

/// What applying a command came to.
sealed interface GroupAnswer {
    /// It was taken: what it asks for is decided, if not yet in effect.
    ///
    /// @param version of the members that has to be in effect for it; 0 if none has to
    record Taken(long version) implements GroupAnswer {}

    /// It comes too late, and has changed nothing.
    ///
    /// @param highest the highest number of the vShard that is known
    record Fenced(long highest) implements GroupAnswer {}

    /// A node was not taken out: as far as is known nobody else votes.
    record Needed() implements GroupAnswer {}

    /// A write took effect.
    record Wrote(ByteString result) implements GroupAnswer {}

    /// What became of each of several writes, in their order.
    record Each(List<GroupAnswer> answers) implements GroupAnswer {
        /// Copies the list.
        public Each {
            answers = List.copyOf(answers);
        }
    }

    /// A write had no effect: writes are paused.
    record Paused() implements GroupAnswer {}

    /// A write had no effect: another serves the vShard, or another epoch is on.
    record NotServed(Serving serving) implements GroupAnswer {}
}
