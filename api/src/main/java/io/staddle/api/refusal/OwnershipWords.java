package io.staddle.api.refusal;

import io.staddle.api.model.Ownership;
import io.staddle.api.model.Ownership.Owned;
import io.staddle.api.model.Ownership.Released;
import io.staddle.api.model.Ownership.Stranded;
import io.staddle.api.model.Ownership.Unowned;

/// An ownership in a sentence.
final class OwnershipWords {
    private OwnershipWords() {}

    static String of(Ownership current) {
        return switch (current) {
            case Unowned(var grain, var epoch) ->
                    "grain %s is not owned, epoch %s".formatted(grain, epoch);
            case Owned owned ->
                    "grain %s is owned by \"%s\" in epoch %s"
                            .formatted(owned.grain(), owned.by(), owned.epoch());
            case Stranded stranded ->
                    "grain %s is stranded since \"%s\" failed, epoch %s"
                            .formatted(stranded.grain(), stranded.formerOwner(), stranded.epoch());
            case Released released ->
                    "grain %s was released by \"%s\" in epoch %s"
                            .formatted(released.grain(), released.lastOwner(), released.epoch());
        };
    }
}
