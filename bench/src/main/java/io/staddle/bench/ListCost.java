package io.staddle.bench;

import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.statemachine.query.Page;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.View;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Measures what listing the grains of an owner costs a server, without network: pages of 5,000
/// rows, read and encoded.
public final class ListCost {
    private static final int PAGE = 5_000;

    private ListCost() {}

    /// Runs it; arguments: directory, grains, rounds.
    public static void main(String[] args) throws IOException {
        Path dir = Files.createTempDirectory(Path.of(args[0]), "list");
        Grains grains = new Grains(Integer.parseInt(args[1]));
        try (RocksStore store =
                RocksStore.create(
                        dir.resolve("store"),
                        Schema.TABLES,
                        new StoreIdentity("bench"),
                        StoreOptions.DEFAULTS)) {
            Follower follower = new Follower(store);
            follower.begin(1);
            follower.importAll(grains);
            store.flush();
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                round(store);
            }
        }
        Deployment.delete(dir);
    }

    private static void round(RocksStore store) {
        long listed = 0;
        long bytes = 0;
        Spent start = Spent.untilNow();
        byte[] token = {};
        do {
            try (View view = store.view()) {
                Page<Ownership> page =
                        new Queries(view)
                                .list(new GrainFilter.OwnedBy(Grains.CLUSTERS[0]), token, PAGE);
                listed += page.items().size();
                ListGrainsAnswer.Builder answer = ListGrainsAnswer.newBuilder();
                page.items().forEach(each -> answer.addGrains(OwnershipCodec.encode(each)));
                bytes += answer.build().toByteArray().length;
                token = page.next();
            }
        } while (token.length > 0);
        double micros = Spent.since(start).threadMicros(listed);
        System.out.printf(
                "listed %d: %.2f CPU-µs a grain, %.0f bytes%n",
                listed, micros, (double) bytes / listed);
    }
}
