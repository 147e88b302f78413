package io.staddle.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.MoveId;
import io.staddle.api.query.FailoverPhase;
import io.staddle.api.refusal.Refusal;

import org.junit.jupiter.api.Test;

import java.util.List;

final class PhasesTest {
    private static final MoveId DRILL = new MoveId("drill");
    private static final List<Refusal> HELD = List.of(new Refusal.MassSuspectHold(3, 1));

    @Test
    void aClusterThatIsWatchedHasNothingToTell() {
        assertThat(Phases.cell(new FailoverPhase.Monitoring()).text()).isEmpty();
        assertThat(Phases.sentence(new FailoverPhase.Monitoring())).contains("no reason for one");
    }

    @Test
    void theTimeLeftOfTheGracePeriodIsToldWithWhatWouldHoldItBackThen() {
        FailoverPhase phase = new FailoverPhase.Unreachable(1_700_000_000_000L, 12_300, HELD);
        assertThat(Phases.cell(phase).text()).isEqualTo("in 12.3 s, held by MASS_SUSPECT_HOLD");
        assertThat(Phases.sentence(phase))
                .startsWith("in 12.3 s, at 2023-11-14T22:13:20Z, unless it is heard before")
                .contains("held by 3 clusters are suspect at a time, more than 1");
    }

    @Test
    void aFailoverThatIsDueSaysWhetherItIsHeldBack() {
        assertThat(Phases.cell(new FailoverPhase.Promoting(List.of())).text()).isEqualTo("due");
        assertThat(Phases.sentence(new FailoverPhase.Promoting(List.of()))).isEqualTo("due now");
        assertThat(Phases.sentence(new FailoverPhase.Promoting(HELD)))
                .startsWith("due, but held back");
    }

    @Test
    void aFailoverThatTookPlaceCountsWhatItStranded() {
        assertThat(Phases.cell(new FailoverPhase.Promoted(DRILL)).text()).isEqualTo("done");
        FailoverPhase partial = new FailoverPhase.PromotedPartial(DRILL, 1_234);
        assertThat(Phases.cell(partial).text()).isEqualTo("done, 1,234 stranded");
        assertThat(Phases.sentence(partial))
                .contains("1,234 grains stranded: staddle failover show drill");
    }
}
