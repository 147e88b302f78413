package io.staddle.server.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.GrainId;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.CorruptDataException;
import io.staddle.storage.StorageException;
import io.staddle.storage.StorageFailure;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletionException;

final class DamageTest {
    @Test
    void damagedDataAndABrokenDiskAreDamageAlsoAsTheCauseOfSomethingElse() {
        CorruptDataException damaged = new CorruptDataException("table grains");
        assertThat(Damage.isIn(damaged)).isTrue();
        assertThat(Damage.isIn(new CompletionException(damaged))).isTrue();
        assertThat(Damage.isIn(new StorageFailure("cannot read"))).isTrue();
    }

    @Test
    void whatACallerDoesWrongAndAStoreThatIsClosedAreNone() {
        assertThat(Damage.isIn(new IllegalArgumentException("page token"))).isFalse();
        FakeQuorum quorum = new FakeQuorum();
        var view = quorum.view();
        quorum.close();
        try {
            view.get(Schema.GRAINS, GrainId.of("Player", "7"));
            throw new AssertionError("a closed store was read");
        } catch (StorageException closed) {
            assertThat(Damage.isIn(closed)).isFalse();
        }
    }

    @Test
    void theAdviceNamesWhatIsDamagedAndWhatToDo() {
        assertThat(Damage.advice(new CompletionException(new CorruptDataException("table grains"))))
                .contains("table grains", "replace this server", "docs/operations.md");
        assertThat(Damage.advice(new StorageFailure("no space left")))
                .contains("no space left", "start it again");
        assertThat(Damage.advice(new IllegalStateException("a bug"))).contains("a bug");
    }
}
