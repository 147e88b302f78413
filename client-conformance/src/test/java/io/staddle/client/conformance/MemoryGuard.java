package io.staddle.client.conformance;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.client.GrainToken;
import io.staddle.client.fence.Verdict;
import io.staddle.client.fence.Verdict.Seen;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A store in memory, with faults.
final class MemoryGuard implements GuardedStore {
    private static final Seen NONE = new Seen(Epoch.NONE, new ClusterId("none"));
    private static final int SHORT = 100;
    private static final long PAUSE_NANOS = 10_000;

    private final Set<GuardFault> faults;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    MemoryGuard(Set<GuardFault> faults) {
        this.faults = Set.copyOf(faults);
    }

    @Override
    public synchronized Verdict open(GrainToken token) {
        String name = name(token.grain());
        Verdict verdict = verdict(token, last(name));
        boolean remembers = verdict.isAccepted() && !has(GuardFault.OPEN_REMEMBERS_NOTHING);
        if (remembers || has(GuardFault.REFUSED_IS_REMEMBERED)) {
            seen.put(name, new Seen(token.epoch(), token.owner()));
        }
        return has(GuardFault.OPEN_CHECKS_NOTHING) ? new Verdict.Accepted() : verdict;
    }

    @Override
    public Verdict write(GrainToken token, String text) {
        if (has(GuardFault.CHECK_BEFORE_WRITE)) {
            Verdict early = verdict(token, last(name(token.grain())));
            LockSupport.parkNanos(PAUSE_NANOS);
            return early.isAccepted() ? put(token, text) : early;
        }
        return writeAtOnce(token, text);
    }

    @Override
    public Verdict writeAndFail(GrainToken token, String text) {
        if (has(GuardFault.FAILED_WRITE_STAYS)) {
            write(token, text);
        }
        throw new IllegalStateException("as the test wishes");
    }

    @Override
    public Optional<String> read(GrainId grain) {
        return Optional.ofNullable(texts.get(name(grain)));
    }

    @Override
    public void restart() {
        if (has(GuardFault.FORGETS)) {
            seen.clear();
        }
    }

    @Override
    public void close() {}

    private synchronized Verdict writeAtOnce(GrainToken token, String text) {
        Verdict verdict = verdict(token, last(name(token.grain())));
        return verdict.isAccepted() ? put(token, text) : verdict;
    }

    private Verdict put(GrainToken token, String text) {
        String name = name(token.grain());
        texts.put(name, text);
        seen.put(name, new Seen(token.epoch(), token.owner()));
        return new Verdict.Accepted();
    }

    private Verdict verdict(GrainToken token, Seen last) {
        Verdict right = Verdict.of(token, last);
        boolean forgiven =
                has(GuardFault.NO_CHECK)
                        || (right instanceof Verdict.Contested && has(GuardFault.OWNERS_ARE_ALIKE));
        if (forgiven) {
            return new Verdict.Accepted();
        }
        return isLess(token.epoch(), last.epoch())
                ? new Verdict.Stale(last)
                : right instanceof Verdict.Contested ? right : new Verdict.Accepted();
    }

    private boolean isLess(Epoch shown, Epoch last) {
        if (has(GuardFault.EPOCHS_ARE_TEXT)) {
            return shown.toString().compareTo(last.toString()) < 0;
        }
        if (has(GuardFault.EPOCHS_ARE_SHORT)) {
            return (int) shown.value() < (int) last.value();
        }
        return has(GuardFault.ONCE_ONLY) ? shown.compareTo(last) <= 0 : shown.compareTo(last) < 0;
    }

    private Seen last(String name) {
        return seen.getOrDefault(name, NONE);
    }

    private String name(GrainId grain) {
        String name = has(GuardFault.TYPES_ARE_ALIKE) ? grain.key() : grain.toString();
        if (has(GuardFault.CASES_ARE_ALIKE)) {
            return name.toLowerCase(Locale.ROOT);
        }
        return has(GuardFault.SHORT_NAMES) && name.length() > SHORT
                ? name.substring(0, SHORT)
                : name;
    }

    private boolean has(GuardFault fault) {
        return faults.contains(fault);
    }
}
