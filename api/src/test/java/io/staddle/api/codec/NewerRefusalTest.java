package io.staddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.staddle.api.id.MalformedException;
import io.staddle.api.refusal.Remedy;
import io.staddle.api.v1.Refusal;

import org.junit.jupiter.api.Test;

/// A client that is older than its server says what it does not know, whatever the server sends.
final class NewerRefusalTest {
    @Test
    void aCodeOfANewerVersionKeepsItsWords() {
        Refusal newer =
                Refusal.newBuilder()
                        .setCode("SUN_TOO_LOW")
                        .setRemedy(io.staddle.api.v1.Remedy.REMEDY_RETRY_LATER)
                        .setMessage("the sun is 3 degrees high")
                        .setNext("Wait.")
                        .putFacts("degrees", "3")
                        .build();
        assertThat(RefusalCodec.decode(newer))
                .isEqualTo(
                        new io.staddle.api.refusal.Refusal.Unrecognised(
                                "SUN_TOO_LOW",
                                Remedy.RETRY_LATER,
                                "the sun is 3 degrees high",
                                "Wait."));
    }

    @Test
    void aFactThatIsNoNumberIsNamed() {
        Refusal odd =
                Refusal.newBuilder().setCode("LEASE_TOO_LONG").putFacts("asked", "ages").build();
        assertThat(decode(odd).expectation().field()).isEqualTo("asked");
    }

    @Test
    void aStateOfANewerVersionIsNamed() {
        Refusal newer =
                Refusal.newBuilder()
                        .setCode("CLUSTER_FENCED")
                        .putFacts("cluster", "a")
                        .putFacts("fence", "2")
                        .putFacts("state", "ASLEEP")
                        .build();
        assertThat(decode(newer).expectation().found()).isEqualTo("ASLEEP");
    }

    @Test
    void factsOfANewerVersionAreLeftOut() {
        Refusal more =
                Refusal.newBuilder()
                        .setCode("NOT_FOUND")
                        .putFacts("kind", "cluster")
                        .putFacts("name", "a")
                        .putFacts("since", "yesterday")
                        .build();
        assertThat(RefusalCodec.decode(more))
                .isEqualTo(new io.staddle.api.refusal.Refusal.NotFound("cluster", "a"));
    }

    private static MalformedException decode(Refusal refusal) {
        Throwable thrown = catchThrowable(() -> RefusalCodec.decode(refusal));
        assertThat(thrown).isInstanceOf(MalformedException.class);
        return (MalformedException) thrown;
    }
}
