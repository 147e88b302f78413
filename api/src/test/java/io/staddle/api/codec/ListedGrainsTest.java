package io.staddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

import io.staddle.api.id.GrainId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.model.Ownership;
import io.staddle.api.v1.AnswerHeader;
import io.staddle.api.v1.ListGrainsAnswer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A page of a list that is read from its bytes is the one that protobuf reads.
final class ListedGrainsTest {
    private static final long SEED = Long.getLong("staddle.seed", 20_261_122);

    private final Samples samples = new Samples(SEED);

    @Test
    void aPageIsWhatWasSentWhateverANewerServerAdds() throws IOException {
        List<Ownership> grains =
                Samples.leaves(Ownership.class).stream()
                        .flatMap(type -> IntStream.range(0, 100).mapToObj(i -> samples.of(type)))
                        .map(Ownership.class::cast)
                        .toList();
        ListGrainsAnswer.Builder answer =
                ListGrainsAnswer.newBuilder()
                        .setHeader(AnswerHeader.newBuilder().setIndex(7))
                        .setNextPageToken(ByteString.copyFromUtf8("next"))
                        .setUnknownFields(unknown());
        grains.forEach(each -> answer.addGrains(newer(OwnershipCodec.encode(each))));

        ListedGrains listed = ListedGrains.of(answer.build().toByteArray());

        assertThat(listed.next().toStringUtf8()).isEqualTo("next");
        assertThat(listed.grains()).as("-Dstaddle.seed=%d", SEED).isEqualTo(grains);
    }

    @Test
    void anAnswerThatIsCutOffIsNone() throws IOException {
        byte[] answer =
                ListGrainsAnswer.newBuilder()
                        .addGrains(OwnershipCodec.encode(samples.of(Ownership.Owned.class)))
                        .build()
                        .toByteArray();

        assertThat(ListedGrains.of(answer).grains()).hasSize(1);
        for (int length = 1; length < answer.length; length++) {
            byte[] cut = Arrays.copyOf(answer, length);
            assertThatThrownBy(() -> ListedGrains.of(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStateThatThisVersionDoesNotKnowIsNotTakenForAnother() throws IOException {
        GrainId grain = GrainId.of("cart", "1");
        ListedGrains listed =
                ListedGrains.of(
                        ListGrainsAnswer.newBuilder()
                                .addGrains(
                                        io.staddle.api.v1.Ownership.newBuilder()
                                                .setGrain(ModelCodec.encode(grain))
                                                .setStateValue(99))
                                .build()
                                .toByteArray());

        assertThatThrownBy(listed::grains)
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("a known state");
    }

    private static io.staddle.api.v1.Ownership newer(io.staddle.api.v1.Ownership encoded) {
        return encoded.toBuilder()
                .setGrain(encoded.getGrain().toBuilder().setUnknownFields(unknown()))
                .setUnknownFields(unknown())
                .build();
    }

    private static UnknownFieldSet unknown() {
        return UnknownFieldSet.newBuilder()
                .addField(
                        1_000,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(5)
                                .addFixed64(6)
                                .addLengthDelimited(ByteString.copyFromUtf8("more"))
                                .build())
                .build();
    }
}
