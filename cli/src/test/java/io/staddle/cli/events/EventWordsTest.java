package io.staddle.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.staddle.api.v1.AbortCode;
import io.staddle.api.v1.Compensation;
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
        migration.getAbortedBuilder().setCode(AbortCode.ABORT_CODE_OPERATOR).setReason("slow");
        assertThat(EventWords.words(migration.build()))
                .isEqualTo("{m-1 vShard 3 from n1 to n4 in ABORTED, undone: OPERATOR slow}");
        assertThat(EventWords.words(MigrationCheckpoint.newBuilder().setPhaseVersion(7).build()))
                .isEqualTo("step 7");
    }
}
