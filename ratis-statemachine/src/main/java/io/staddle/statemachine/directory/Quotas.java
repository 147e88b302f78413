package io.staddle.statemachine.directory;

import io.staddle.api.model.Config;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.state.GrainCounts;

import java.util.Optional;

/// Refuses grains to clusters that own as many as they may, and grains of types of which there are
/// as many as there may be. It is the last guard of whatever grants a single grain; what moves
/// whole holdings, as failovers do, does not ask.
final class Quotas {
    private Quotas() {}

    static Optional<Refusal> refuse(Setup setup) {
        Config config = setup.config();
        Optional<Refusal> ofCluster = ofCluster(setup, config.get(Setting.GRAINS_PER_CLUSTER));
        return ofCluster.isPresent()
                ? ofCluster
                : ofType(setup, config.get(Setting.GRAINS_PER_TYPE));
    }

    private static Optional<Refusal> ofCluster(Setup setup, long max) {
        if (max == 0 || setup.isOwner()) {
            return Optional.empty();
        }
        long used = GrainCounts.of(setup.clusterId(), setup.view());
        String name = setup.clusterId().value();
        return refuse(Setting.GRAINS_PER_CLUSTER, "cluster", name, used, max);
    }

    private static Optional<Refusal> ofType(Setup setup, long max) {
        boolean counts =
                switch (setup.current()) {
                    case Ownership.Owned _, Ownership.Stranded _ -> true;
                    case Ownership.Released _, Ownership.Unowned _ -> false;
                };
        if (max == 0 || counts) {
            return Optional.empty();
        }
        long used = GrainCounts.of(setup.grain().type(), setup.view());
        String name = setup.grain().type().name();
        return refuse(Setting.GRAINS_PER_TYPE, "type", name, used, max);
    }

    private static Optional<Refusal> refuse(
            Setting quota, String kind, String name, long used, long max) {
        return used < max
                ? Optional.empty()
                : Optional.of(new Refusal.QuotaReached(quota.key(), kind, name, used, max));
    }
}
