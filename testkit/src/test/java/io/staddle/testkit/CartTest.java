package io.staddle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// The example in `docs/testing.md`.
@StaddleTest
final class CartTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");
    private static final GrainId CART = GrainId.parse("cart/42");

    @Test
    void whoeverLosesItsLeaseLosesTheCart(EmbeddedStaddle staddle, StaddleClient client) {
        for (ClusterId each : new ClusterId[] {EU, US}) {
            client.clusters()
                    .register(each, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY);
        }
        client.grains().acquire(CART, EU, Duration.ofMinutes(1)).orThrow();
        assertInstanceOf(Result.Refused.class, client.grains().acquire(CART, US));

        staddle.clock().advance(Duration.ofMinutes(1));
        staddle.await(
                "the lease is over",
                () -> client.grains().acquire(CART, US) instanceof Result.Done);
        assertEquals(new Epoch(2), client.grains().lookup(CART).epoch());
    }
}
