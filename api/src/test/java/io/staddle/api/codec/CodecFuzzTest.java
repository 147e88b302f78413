package io.staddle.api.codec;

import com.google.protobuf.InvalidProtocolBufferException;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.MalformedException;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/// Whatever bytes arrive, decoding gives a value or one of the two exceptions that are documented.
final class CodecFuzzTest {
    private static final long SEED = Long.getLong("staddle.seed", 20_261_122);
    private static final int ROUNDS = 8_000;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Samples samples = new Samples(SEED);

    private interface Decoding {
        Object decode(byte[] bytes) throws InvalidProtocolBufferException;
    }

    @Test
    void randomBytesAreRefusedInOrder() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            decodeAll(noise);
        }
    }

    @Test
    void damagedMessagesAreRefusedInOrder() {
        List<Class<?>> commands = Samples.leaves(Command.class);
        for (int i = 0; i < ROUNDS; i++) {
            Command command = (Command) samples.of(commands.get(random.nextInt(commands.size())));
            decodeAll(damaged(CommandCodec.encode(Proposal.of(command)).toByteArray()));
            if (i % 4 == 0) {
                decodeAll(
                        damaged(EventCodec.encode(samples.of(RecordedEvent.class)).toByteArray()));
                decodeAll(damaged(OutcomeCodec.encode(samples.of(Outcome.class)).toByteArray()));
            }
        }
    }

    private byte[] damaged(byte[] bytes) {
        for (int flips = random.nextInt(1, 4); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static void decodeAll(byte[] bytes) {
        decode(bytes, b -> CommandCodec.decode(io.staddle.api.v1.Command.parseFrom(b)));
        decode(bytes, b -> EventCodec.decode(io.staddle.api.v1.Event.parseFrom(b)));
        decode(bytes, b -> OutcomeCodec.decode(io.staddle.api.v1.Outcome.parseFrom(b)));
        decode(bytes, b -> RefusalCodec.decode(io.staddle.api.v1.Refusal.parseFrom(b)));
    }

    private static void decode(byte[] bytes, Decoding decoding) {
        try {
            decoding.decode(bytes);
        } catch (InvalidProtocolBufferException | MalformedException documented) {
            // What a caller is told to expect.
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "seed " + SEED + ": bytes " + HexFormat.of().formatHex(bytes), e);
        }
    }
}
