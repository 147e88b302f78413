package io.staddle.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.staddle.api.v1.AbortCode;
import io.staddle.api.v1.Barrier;
import io.staddle.api.v1.Before;
import io.staddle.api.v1.Compensation;
import io.staddle.api.v1.ConfigChanged;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.Granted;
import io.staddle.api.v1.ListEventsAnswer;
import io.staddle.api.v1.Migration;
import io.staddle.api.v1.MigrationCheckpoint;
import io.staddle.api.v1.MigrationPhase;

import org.junit.jupiter.api.Test;

final class EventWordsTest {
    @Test
    void ofBytesOnlyTheSizeIsToldWhichIsTheSameEachTime() {
        assertThat(EventWords.words(ByteString.copyFromUtf8("checkpoint"))).isEqualTo("<10 B>");
    }

    @Test
    void aMigrationIsALineAndNotItsWholeRecord() {
        Migration.Builder migration =
                Migration.newBuilder()
                        .setId("m-1")
                        .setVShard(3)
                        .setSource("n1")
                        .setTarget("n4")
                        .setPhase(MigrationPhase.MIGRATION_PHASE_ABORTED)
                        .setBudgetMicros(500_000)
                        .addUndo(Compensation.getDefaultInstance());
        assertThat(EventWords.words(migration.build()))
                .isEqualTo("{m-1 vShard 3 from n1 to n4 in ABORTED}");
        migration.getAbortedBuilder().setCode(AbortCode.ABORT_CODE_TARGET_UNREACHABLE);
        assertThat(EventWords.words(migration.build()))
                .isEqualTo("{m-1 vShard 3 from n1 to n4 in ABORTED, undone: TARGET_UNREACHABLE}");
        migration.getAbortedBuilder().setCode(AbortCode.ABORT_CODE_OPERATOR).setReason("slow");
        assertThat(EventWords.words(migration.build()))
                .isEqualTo("{m-1 vShard 3 from n1 to n4 in ABORTED, undone: OPERATOR slow}");
        assertThat(EventWords.words(MigrationCheckpoint.newBuilder().setPhaseVersion(7).build()))
                .isEqualTo("step 7");
    }

    @Test
    void timesAreReadableAndDurationsAndWatermarksStayNumbers() {
        Barrier barrier =
                Barrier.newBuilder()
                        .setScope("job-1")
                        .setBegunMillis(1_795_415_394_079L)
                        .setTimeoutMillis(30_000)
                        .setLowestMillis(1_795_415_394_079L)
                        .build();
        assertThat(EventWords.fields(barrier))
                .isEqualTo(
                        "scope=job-1 lowest_millis=1795415394079"
                                + " begun_time=2026-11-23T06:29:54.079Z timeout_millis=30000");
    }

    @Test
    void whatIsSaidByItsNameAloneHasNoBraces() {
        EventBody granted =
                EventBody.newBuilder()
                        .setGranted(
                                Granted.newBuilder()
                                        .setGrain(Grain.newBuilder().setType("cart").setKey("1"))
                                        .setOwner("eu-1")
                                        .setBefore(
                                                Before.newBuilder()
                                                        .setNothing(
                                                                Before.Nothing
                                                                        .getDefaultInstance())))
                        .build();
        assertThat(EventWords.what(granted)).isEqualTo("cart/1 owner=eu-1 before=nothing");
    }

    @Test
    void settingsAreToldAsTheyAreSet() {
        EventBody changed =
                EventBody.newBuilder()
                        .setConfigChanged(
                                ConfigChanged.newBuilder()
                                        .putChanges("balance.auto", "1")
                                        .setVersion(2))
                        .build();
        assertThat(EventWords.what(changed)).isEqualTo("changes=[balance.auto=1] version=2");
    }

    @Test
    void aListThatIsCutGoesOnAfterTheLastEntryThatIsWhole() {
        ListEventsAnswer.Builder all = ListEventsAnswer.newBuilder().setThroughIndex(9);
        for (long index : new long[] {4, 5, 5, 8}) {
            all.addEventsBuilder().getRevisionBuilder().setIndex(index);
        }
        assertThat(EventsListVerb.first(4, all.clone()).getThroughIndex()).isEqualTo(9);
        assertThat(EventsListVerb.first(3, all.clone()).getThroughIndex()).isEqualTo(7);
        assertThat(EventsListVerb.first(2, all.clone()).getThroughIndex()).isEqualTo(4);
        assertThat(EventsListVerb.first(2, all.clone()).getEventsCount()).isEqualTo(2);
    }

    @Test
    void theNewestAreKeptAndItIsToldWhetherThereWereMore() {
        ListEventsAnswer.Builder all = ListEventsAnswer.newBuilder().setThroughIndex(9);
        for (long index : new long[] {4, 5, 8}) {
            all.addEventsBuilder().getRevisionBuilder().setIndex(index);
        }
        assertThat(EventsListVerb.keepNewest(3, all)).isFalse();
        assertThat(EventsListVerb.keepNewest(2, all)).isTrue();
        assertThat(all.getEventsList())
                .extracting(event -> event.getRevision().getIndex())
                .containsExactly(5L, 8L);
        assertThat(all.getThroughIndex()).isEqualTo(9);
    }
}
