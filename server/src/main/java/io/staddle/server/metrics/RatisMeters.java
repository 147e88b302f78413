package io.staddle.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;

import java.util.Locale;
import java.util.Set;

/// Which of Ratis' own hundred meters are shown: those that an operator can act on.
public final class RatisMeters {
    private static final String RATIS = "ratis.";
    private static final Set<String> SHOWN =
            Set.of(
                    "ratis.leader_election.election.count",
                    "ratis.leader_election.timeout.count",
                    "ratis.leader_election.election.time",
                    "ratis.leader_election.transfer.leadership.count",
                    "ratis.log_worker.flush.time",
                    "ratis.log_worker.sync.time",
                    "ratis.log_worker.data.queue.size",
                    "ratis.server.num.install.snapshot");

    /// Not Micrometer's global registry: libraries would meter every call in it.
    private static final CompositeMeterRegistry ALL = create();

    private RatisMeters() {}

    /// Shows them in `registry` as well, whatever server of this process they are of.
    public static void addTo(MeterRegistry registry) {
        ALL.add(registry);
    }

    /// Shows them in `registry` no more.
    public static void removeFrom(MeterRegistry registry) {
        ALL.remove(registry);
    }

    /// Returns where Ratis' meters are; those that are not shown do nothing.
    static MeterRegistry all() {
        return ALL;
    }

    private static CompositeMeterRegistry create() {
        CompositeMeterRegistry registry = new CompositeMeterRegistry();
        registry.config().meterFilter(MeterFilter.denyUnless(id -> SHOWN.contains(id.getName())));
        return registry;
    }

    /// Returns what a meter of Ratis is called here, such as `ratis.log_worker.flush.time`.
    static String name(String component, String name) {
        String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", ".").toLowerCase(Locale.ROOT);
        return RATIS + component + "." + words;
    }
}
