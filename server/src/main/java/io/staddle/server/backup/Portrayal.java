package io.staddle.server.backup;

import io.staddle.api.v1.BackupHeader;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.Identity;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.StillStore;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.View;

import java.nio.file.Path;

/// Says what is in a checkpoint.
final class Portrayal {
    private static final long MIB = 1 << 20;

    /// For stores that are opened beside one that serves, and not for long.
    static final StoreOptions SMALL =
            StoreOptions.DEFAULTS
                    .withBytes(16 * MIB, 8 * MIB)
                    .withRowCacheBytes(0)
                    .withVerifyOnOpen(false);

    private Portrayal() {}

    /// Reads what a header says. Which commit is in a checkpoint, only itself knows.
    static BackupHeader.Builder of(Path checkpoint, ServerConfig config, long nowMillis) {
        try (StillStore store =
                        StillStore.open(
                                checkpoint,
                                Schema.TABLES,
                                Identity.ofTables(config.deployment()),
                                SMALL);
                View view = store.view()) {
            Queries state = new Queries(view);
            return BackupHeader.newBuilder()
                    .setDeployment(config.deployment())
                    .setServer(config.server().value())
                    .setVersion(version())
                    .setTerm(view.applied().term())
                    .setIndex(view.applied().index())
                    .setDigest(view.digest().toString())
                    .setTakenMillis(nowMillis)
                    .setLogicalMillis(state.logicalNowMillis())
                    .setFeatureLevel(state.config().featureLevel())
                    .setGrains(state.holdings().stream().mapToLong(each -> each.grains()).sum())
                    .setClusters(state.clusterRecords().size());
        }
    }

    private static String version() {
        String version = Portrayal.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }
}
