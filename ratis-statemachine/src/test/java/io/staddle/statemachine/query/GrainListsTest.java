package io.staddle.statemachine.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.ClusterCommand.Register;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.GrainFilter;
import io.staddle.statemachine.machine.Entry;
import io.staddle.statemachine.machine.Machine;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Lists of an owner's grains are the same however its grains lie among those of others, and
/// however many fit on a page.
final class GrainListsTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");
    private static final GrainType CARTS = new GrainType("cart");

    /// Few and many, in long runs and one by one, at either end.
    private static final List<IntPredicate> PATTERNS =
            List.of(
                    i -> true,
                    i -> i % 2 == 0,
                    i -> i % 100 == 7,
                    i -> i < 300 || i > 700,
                    i -> i >= 300 && i <= 700,
                    i -> i == 999,
                    i -> false);

    private final HeapStore store = HeapStore.create(Schema.TABLES);
    private final Machine machine = new Machine(store);
    private long index;

    @BeforeEach
    void registerClusters() {
        apply(List.of(register(EU), register(US)));
    }

    @Test
    void anOwnersGrainsAreListedInOrderWhateverLiesBetweenThem() {
        for (IntPredicate ofEu : PATTERNS) {
            GrainType type = new GrainType("type-" + PATTERNS.indexOf(ofEu));
            acquire(type, ofEu);
            for (int limit : new int[] {1, 7, 64, 100, 1_000, 5_000}) {
                try (View view = store.view()) {
                    Queries queries = new Queries(view);
                    var filter = new GrainFilter.OwnedOfType(EU, type);
                    List<Ownership> listed =
                            pages((token, size) -> queries.list(filter, token, size), limit);

                    assertThat(listed)
                            .as("%s in pages of %d", type, limit)
                            .isEqualTo(
                                    IntStream.range(0, 1_000)
                                            .filter(ofEu)
                                            .mapToObj(i -> queries.lookup(grain(type, i)))
                                            .toList());
                }
            }
        }
    }

    @Test
    void theGrainsInAHoldingAreThoseOfItsOwner() {
        acquire(CARTS, i -> i % 90 < 10);
        try (View view = store.view()) {
            Queries queries = new Queries(view);
            HoldingId holding =
                    queries.lookup(grain(CARTS, 0)) instanceof Ownership.Owned owned
                            ? owned.holding()
                            : new HoldingId(1);

            List<HeldGrain> held = pages((token, size) -> queries.held(holding, token, size), 17);

            assertThat(held.stream().map(HeldGrain::grain))
                    .isEqualTo(
                            IntStream.range(0, 1_000)
                                    .filter(i -> i % 90 < 10)
                                    .mapToObj(i -> grain(CARTS, i))
                                    .toList());
        }
    }

    @Test
    void aTokenThatNobodyGaveIsNoDamage() {
        acquire(CARTS, i -> true);
        try (View view = store.view()) {
            Queries queries = new Queries(view);
            byte[] holding =
                    queries.list(new GrainFilter.OwnedBy(EU), new byte[0], 1).next().clone();
            // A text that does not end, and bytes that are no text.
            holding[holding.length - 2] = (byte) 0xFF;
            holding[holding.length - 1] = 0;

            assertThat(queries.list(new GrainFilter.OwnedBy(EU), holding, 5_000).items())
                    .hasSizeLessThanOrEqualTo(1_000);
        }
    }

    private static <T> List<T> pages(BiFunction<byte[], Integer, Page<T>> list, int limit) {
        List<T> all = new ArrayList<>();
        byte[] token = {};
        do {
            Page<T> page = list.apply(token, limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.items());
            token = page.next();
        } while (token.length > 0);
        return all;
    }

    private void acquire(GrainType type, IntPredicate ofEu) {
        apply(
                IntStream.range(0, 1_000)
                        .<Command>mapToObj(
                                i -> new Acquire(grain(type, i), ofEu.test(i) ? EU : US, 0))
                        .toList());
    }

    private void apply(List<Command> commands) {
        List<Proposal> proposals = commands.stream().map(Proposal::of).toList();
        var _ = machine.apply(new LogPosition(1, index++), new Entry(1, proposals));
    }

    private static GrainId grain(GrainType type, int number) {
        return new GrainId(type, "%05d".formatted(number));
    }

    private static Command register(ClusterId cluster) {
        return new Register(cluster, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY);
    }
}
