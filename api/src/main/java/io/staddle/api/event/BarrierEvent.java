package io.staddle.api.event;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Coordinator;
import io.staddle.api.model.Participation;

import java.util.List;

/// What happened to scopes and their barriers.
public sealed interface BarrierEvent extends Event {
    /// The scope that it is about.
    ScopeId scope();

    /// What happened to one barrier.
    sealed interface OfBarrier extends BarrierEvent {
        /// The barrier as it is now.
        BarrierRecord barrier();

        @Override
        default ScopeId scope() {
            return barrier().id().scope();
        }
    }

    /// A scope was created, or its next barriers are otherwise.
    record ScopeConfigured(BarrierScope state) implements BarrierEvent {
        @Override
        public ScopeId scope() {
            return state.id();
        }
    }

    /// Another one coordinates the scope: whoever has an earlier token is refused from now on.
    ///
    /// @param leaseMillis for how long
    /// @param untilMillis until when nobody else can, in logical time
    record CoordinatorChanged(
            ScopeId scope, Coordinator coordinator, long leaseMillis, long untilMillis)
            implements BarrierEvent {}

    /// The coordinator goes on. History does not keep it: it comes every few seconds.
    ///
    /// @param leaseMillis for how long
    /// @param untilMillis until when nobody else can, in logical time
    record CoordinatorRenewed(ScopeId scope, long leaseMillis, long untilMillis)
            implements BarrierEvent {
        @Override
        public boolean isKept() {
            return false;
        }
    }

    /// The coordinator leaves the scope to the next one.
    record CoordinatorReleased(ScopeId scope, Token token) implements BarrierEvent {}

    /// A barrier begins.
    ///
    /// @param participants who is to prepare, sorted by node
    record BarrierBegun(BarrierRecord barrier, List<Participation> participants)
            implements OfBarrier {
        /// Copies the list.
        public BarrierBegun {
            participants = List.copyOf(participants);
        }
    }

    /// A participant has voted.
    record BarrierAcknowledged(BarrierId id, Participation participant) implements BarrierEvent {
        @Override
        public ScopeId scope() {
            return id.scope();
        }
    }

    /// All participants are prepared.
    record BarrierReady(BarrierRecord barrier) implements OfBarrier {}

    /// A barrier holds.
    record BarrierCommitted(BarrierRecord barrier) implements OfBarrier {}

    /// A barrier does not hold.
    record BarrierAborted(BarrierRecord barrier) implements OfBarrier {}

    /// Decided barriers are not known any more.
    record BarriersForgotten(ScopeId scope, long throughEpoch) implements BarrierEvent {}
}
