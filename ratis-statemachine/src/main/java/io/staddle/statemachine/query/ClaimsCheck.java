package io.staddle.statemachine.query;

import io.staddle.api.model.Ownership;
import io.staddle.api.query.BucketDigest;
import io.staddle.api.query.ClaimsDigest;
import io.staddle.api.query.ClaimsDigest.Comparison;
import io.staddle.api.query.ClaimsDigest.Difference;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.query.GrainMark;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds out where an owner is mistaken about what it owns. It costs a list of all that it owns.
final class ClaimsCheck {
    private static final int PAGE = 1_000;

    private final Reads view;

    ClaimsCheck(Reads view) {
        this.view = view;
    }

    Comparison compare(GrainFilter.Owned owned, ClaimsDigest claims) {
        BucketDigest[] found = digest(owned, claims.bits());
        List<Difference> differences = new ArrayList<>();
        long grains = 0;
        for (int i = 0; i < found.length; i++) {
            grains += found[i].grains();
            if (!found[i].equals(claims.buckets().get(i))) {
                differences.add(new Difference(i, found[i].grains()));
            }
        }
        return new Comparison(grains, differences);
    }

    private BucketDigest[] digest(GrainFilter.Owned owned, int bits) {
        BucketDigest[] found = new BucketDigest[1 << bits];
        Arrays.fill(found, BucketDigest.EMPTY);
        byte[] token = {};
        do {
            Page<Ownership> page = new GrainLists(view).list(owned, token, PAGE);
            for (Ownership each : page.items()) {
                GrainMark mark = GrainMark.of(each.grain());
                int bucket = mark.bucket(bits);
                found[bucket] = found[bucket].plus(mark, each.epoch());
            }
            token = page.next();
        } while (token.length > 0);
        return found;
    }
}
