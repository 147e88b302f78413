package io.staddle.server.agreement;

import io.staddle.api.id.ServerId;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The digests that servers had at one index.
///
/// @param index where
/// @param mine this server's digest
/// @param theirs the digests of the others that still know theirs
/// @param servers how many there are in the quorum, whether they answer or not
record Votes(long index, String mine, Map<ServerId, String> theirs, int servers) {
    /// What follows.
    enum Verdict {
        /// Most servers have this server's digest: who differs takes itself out.
        OTHERS_ARE_WRONG,
        /// Most servers have another digest.
        THIS_IS_WRONG,
        /// No digest is that of most servers: too few answer, or all differ.
        UNDECIDED
    }

    Verdict verdict() {
        if (isMost(mine)) {
            return Verdict.OTHERS_ARE_WRONG;
        }
        return theirs.values().stream().anyMatch(this::isMost)
                ? Verdict.THIS_IS_WRONG
                : Verdict.UNDECIDED;
    }

    /// Says who has which digest.
    String describe(ServerId me) {
        Map<String, String> all = new TreeMap<>(Map.of(me.value(), mine));
        theirs.forEach((server, digest) -> all.put(server.value(), digest));
        return "at index " + index + " the digests are " + all;
    }

    /// The others whose digest is not this server's.
    List<ServerId> differing() {
        return theirs.entrySet().stream()
                .filter(each -> !each.getValue().equals(mine))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isMost(String digest) {
        long others = theirs.values().stream().filter(digest::equals).count();
        return others + (digest.equals(mine) ? 1 : 0) > servers / 2;
    }
}
