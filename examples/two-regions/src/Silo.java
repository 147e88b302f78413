import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Ownership.Owned;
import io.staddle.client.GrainToken;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One process of a region: counts up the numbers of its share of the region's grains, for ever.
///
/// Grain `cart/eu-7` is at home in the region eu. Of the grains that its region owns, at home there
/// or not, silo N serves those whose number is N, modulo three. Silo 1 also is the [Region].
///
/// A careless silo asks nobody whether it may still act, and keeps a token until it has a newer
/// one: what a bug, or a virtual machine that was suspended together with its clock, comes to.
final class Silo {
    private static final int SILOS = 3;
    private static final int GRAINS_AT_HOME = 12;
    private static final long ROUND_MILLIS = 500;
    private static final GrainType CART = new GrainType("cart");

    private final ClusterId cluster;
    private final int number;
    private final boolean careless;
    private final StaddleClient client;
    private final RegionLink region;
    private final StoreClient store;
    private final Map<GrainId, Served> served = new HashMap<>();
    private Fence claimedBehind = Fence.NONE;
    private volatile boolean stopping;

    /// A grain that this silo serves.
    ///
    /// @param value what is in the store
    private record Served(GrainToken token, long value) {}

    private Silo(StaddleClient client, ClusterId cluster, int number, List<String> options) {
        Path directory = Path.of(options.getFirst());
        this.client = client;
        this.cluster = cluster;
        this.number = number;
        this.careless = options.contains("--careless");
        this.region = new RegionLink(directory, cluster);
        this.store = new StoreClient(directory, cluster + "-" + number);
    }

    /// `Silo CLUSTER NUMBER DIRECTORY [--careless]`; SIGTERM stops it after the write at hand.
    public static void main(String[] args) throws Exception {
        ClusterId cluster = new ClusterId(args[0]);
        int number = Integer.parseInt(args[1]);
        List<String> options = List.of(args).subList(2, args.length);
        StaddleClient client =
                StaddleClient.builder()
                        .endpoints(System.getenv("STADDLE_ENDPOINTS"))
                        .actor(cluster + "-" + number)
                        .build();
        Optional<Region> head =
                number == 1
                        ? Optional.of(new Region(client, cluster, Path.of(options.getFirst())))
                        : Optional.empty();
        Silo silo = new Silo(client, cluster, number, options);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> silo.stop(main)));
        silo.run();
        if (head.isPresent()) {
            head.get().close();
        }
        client.close();
    }

    private void stop(Thread main) {
        stopping = true;
        try {
            main.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        while (!stopping) {
            try {
                round();
            } catch (IOException | StaddleException failed) {
                IO.println("a round failed: " + failed.getMessage());
            }
            Thread.sleep(ROUND_MILLIS);
        }
    }

    private void round() throws IOException, InterruptedException {
        Optional<Fence> fence = region.fence();
        if (fence.isEmpty() && !careless) {
            served.clear();
            return;
        }
        if (fence.isPresent() && !fence.get().equals(claimedBehind)) {
            claimHome();
            claimedBehind = fence.get();
        }
        learn();
        for (Served each : List.copyOf(served.values())) {
            countUp(each);
        }
    }

    /// What another region owns is refused, and left to it.
    private void claimHome() {
        IntStream.rangeClosed(1, GRAINS_AT_HOME)
                .mapToObj(each -> new GrainId(CART, cluster + "-" + each))
                .filter(this::isMine)
                .forEach(grain -> client.grains().acquire(grain, cluster));
    }

    /// Finds out what the region owns now: failovers and fail-backs show here.
    private void learn() throws IOException {
        List<Owned> mine =
                client.grains().listByOwner(cluster, CART).stream()
                        .map(Owned.class::cast)
                        .filter(each -> isMine(each.grain()))
                        .toList();
        if (!careless) {
            Set<GrainId> still = mine.stream().map(Owned::grain).collect(Collectors.toSet());
            served.keySet().retainAll(still);
        }
        for (Owned each : mine) {
            if (each.epoch().compareTo(servedIn(each.grain())) > 0) {
                open(token(each));
            }
        }
    }

    private void open(GrainToken token) throws IOException {
        OptionalLong value = store.open(token);
        if (value.isPresent()) {
            served.put(token.grain(), new Served(token, value.getAsLong()));
        }
    }

    private void countUp(Served grain) throws IOException, InterruptedException {
        GrainToken token = grain.token();
        boolean may = region.fence().equals(Optional.of(token.fence()));
        if (!may && !careless) {
            served.remove(token.grain());
            return;
        }
        long next = grain.value() + 1;
        if (isWritten(token, next)) {
            served.put(token.grain(), new Served(token, next));
            tellHome(token.grain(), next);
        } else if (!careless) {
            served.remove(token.grain());
        }
    }

    /// If nobody knows, the grain is opened anew, which tells.
    private boolean isWritten(GrainToken token, long value) throws IOException {
        try {
            return store.write(token, value);
        } catch (IOException unknown) {
            served.remove(token.grain());
            throw unknown;
        }
    }

    /// Has the home region of a grain learn what was written elsewhere. A silo that died before
    /// that would owe it: real ones keep an outbox beside the write.
    private void tellHome(GrainId grain, long value) throws InterruptedException {
        ClusterId home = new ClusterId(grain.key().split("-", -1)[0]);
        if (!home.equals(cluster)) {
            region.tellMissed(home, grain, value);
        }
    }

    private Epoch servedIn(GrainId grain) {
        Served known = served.get(grain);
        return known == null ? Epoch.NONE : known.token().epoch();
    }

    private boolean isMine(GrainId grain) {
        int ofGrain = Integer.parseInt(grain.key().split("-", -1)[1]);
        return ofGrain % SILOS == number % SILOS;
    }

    private static GrainToken token(Owned owned) {
        return new GrainToken(
                owned.grain(), owned.by(), owned.epoch(), owned.fence(), owned.since().revision());
    }
}
