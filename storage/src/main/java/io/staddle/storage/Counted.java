package io.staddle.storage;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Something native that is freed once, when nobody uses it: a use after that would end the JVM.
///
/// *Holders* keep it for long (a view, the store); *users* are inside one call. It is freed when
/// the last holder let go and no user is inside, or by [#shut], which waits for users but not for
/// holders.
abstract class Counted {
    private static final long USER = 1;
    private static final long HOLDER = 1L << 32;
    private static final long SHUT = 1L << 62;
    private static final long USERS = HOLDER - 1;
    private static final long WAIT_NANOS = 50_000;

    // Bit 62: shut; bits 32 to 61: holders; bits 0 to 31: users.
    private final AtomicLong state = new AtomicLong(HOLDER);
    private final AtomicBoolean freeing = new AtomicBoolean();
    private volatile boolean freed;

    /// Frees what is native; called once, with no user inside.
    abstract void free();

    /// Adds a holder; false if there is none any more, or it is shut.
    public final boolean retain() {
        long now = state.get();
        while (isUsable(now)) {
            if (state.compareAndSet(now, now + HOLDER)) {
                return true;
            }
            now = state.get();
        }
        return false;
    }

    /// Takes a holder away.
    public final void release() {
        freeIfUnused(state.addAndGet(-HOLDER));
    }

    /// Lets a user in, to be followed by [#exit].
    ///
    /// @throws StoreClosedException if it is shut or has no holder; then [#exit] must not be called
    final void enter() {
        if (!tryEnter()) {
            throw new StoreClosedException();
        }
    }

    final boolean isOpen() {
        return isUsable(state.get());
    }

    final void requireOpen() {
        if (!isOpen()) {
            throw new StoreClosedException();
        }
    }

    final boolean tryEnter() {
        boolean usable = isUsable(state.addAndGet(USER));
        if (!usable) {
            exit();
        }
        return usable;
    }

    final void exit() {
        freeIfUnused(state.addAndGet(-USER));
    }

    /// Keeps new users out, waits until those inside have left, and frees it whoever holds it.
    final void shut() {
        freeIfUnused(state.accumulateAndGet(SHUT, (now, shut) -> now | shut));
        while (!freed) {
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    private static boolean isUsable(long state) {
        return state >= HOLDER && (state & SHUT) == 0;
    }

    private void freeIfUnused(long now) {
        if (!isUsable(now) && (now & USERS) == 0 && freeing.compareAndSet(false, true)) {
            try {
                free();
            } finally {
                freed = true;
            }
        }
    }
}
