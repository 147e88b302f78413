package io.staddle.client.barrier;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierDecision.Aborted;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.Participation.Ballot;
import io.staddle.api.model.Vote;
import io.staddle.api.query.BarrierDetails;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What became of a barrier that a coordinator waited for.
public sealed interface BarrierOutcome {
    /// The barrier as it was then.
    BarrierRecord barrier();

    /// All participants are prepared: it can be committed now, and was not when this was told. What
    /// each said is in [io.staddle.client.BarrierAdmin#barrier]; most only want to commit.
    record Reached(BarrierRecord barrier) implements BarrierOutcome {}

    /// Nothing changes it any more.
    sealed interface Decided extends BarrierOutcome {
        /// The barrier and what each participant said.
        BarrierDetails details();

        @Override
        default BarrierRecord barrier() {
            return details().barrier();
        }
    }

    /// It was committed, by whoever holds the token now.
    record Committed(BarrierDetails details) implements Decided {}

    /// Its deadline has passed.
    ///
    /// @param missing who has not said that it is prepared; nobody if it was only not committed
    record TimedOut(BarrierDetails details, List<NodeId> missing) implements Decided {
        /// Copies the list.
        public TimedOut {
            missing = List.copyOf(missing);
        }
    }

    /// Participants said that they failed.
    ///
    /// @param failures who, and what each said; sorted
    record Failed(BarrierDetails details, Map<NodeId, Vote.Failed> failures) implements Decided {
        /// Copies the map.
        public Failed {
            failures = Collections.unmodifiableMap(new TreeMap<>(failures));
        }
    }

    /// Participants restarted, or are data nodes that are silent.
    ///
    /// @param code `PARTICIPANT_RESTARTED` or `PARTICIPANT_LOST`
    record Lost(BarrierDetails details, BarrierAbortCode code, List<NodeId> nodes)
            implements Decided {
        /// Copies the list.
        public Lost {
            nodes = List.copyOf(nodes);
        }
    }

    /// A coordinator or an operator gave it up.
    record GivenUp(BarrierDetails details, String reason) implements Decided {}

    /// Returns what has become of a barrier; empty if that is open.
    static Optional<BarrierOutcome> of(BarrierDetails details) {
        return switch (details.barrier().decision()) {
            case BarrierDecision.Committed same -> Optional.of(new Committed(details));
            case Aborted aborted -> Optional.of(of(details, aborted));
            case BarrierDecision.Open same ->
                    details.barrier().tally().isComplete()
                            ? Optional.of(new Reached(details.barrier()))
                            : Optional.empty();
        };
    }

    private static BarrierOutcome of(BarrierDetails details, Aborted aborted) {
        return switch (aborted.code()) {
            case TIMED_OUT -> new TimedOut(details, aborted.nodes());
            case PARTICIPANT_FAILED -> new Failed(details, failures(details));
            case PARTICIPANT_RESTARTED, PARTICIPANT_LOST ->
                    new Lost(details, aborted.code(), aborted.nodes());
            case COORDINATOR, OPERATOR -> new GivenUp(details, aborted.reason());
        };
    }

    private static Map<NodeId, Vote.Failed> failures(BarrierDetails details) {
        Map<NodeId, Vote.Failed> failures = new TreeMap<>();
        details.participants()
                .forEach(each -> {
                    Optional<Vote> vote = each.ballot().map(Ballot::vote);
                    vote.filter(Vote.Failed.class::isInstance)
                            .map(Vote.Failed.class::cast)
                            .ifPresent(failed -> failures.put(each.node(), failed));
                });
        return failures;
    }
}
