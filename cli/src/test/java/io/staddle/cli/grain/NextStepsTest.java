package io.staddle.cli.grain;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Since;
import io.staddle.client.Held;
import io.staddle.client.audit.Claim;
import io.staddle.client.audit.Finding;
import io.staddle.client.audit.Finding.Kind;

import org.junit.jupiter.api.Test;

import java.util.List;

final class NextStepsTest {
    private static final GrainId CART = GrainId.of("cart", "42");
    private static final ClusterId EU = new ClusterId("eu-1");

    @Test
    void aZombieOfTheOwnerIsToLookUpWhatItsClusterOwnsAndNoOtherIs() {
        assertThat(NextSteps.of(zombie(EU)))
                .contains("node-1", "eu-1 owns it in epoch 3 now", "staddle grain lookup cart/42")
                .doesNotContain("reassign");
        assertThat(NextSteps.of(zombie(new ClusterId("us-1"))))
                .contains("staddle grain reassign cart/42 --to us-1");
    }

    private static Finding zombie(ClusterId claimant) {
        Ownership actual =
                new Ownership.Owned(
                        CART,
                        EU,
                        new Epoch(3),
                        new Fence(2),
                        new Since(new Revision(18, 0), 1),
                        0,
                        new HoldingId(1));
        Held held = new Held(CART, claimant, new Epoch(1));
        return new Finding(Kind.ZOMBIE, actual, List.of(new Claim("node-1", held, Claim.ALL)));
    }
}
