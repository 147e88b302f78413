package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.BackupReader;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.api.v1.BackupHeader;
import io.staddle.client.EventWatcher;
import io.staddle.client.Held;
import io.staddle.client.StaddleClient;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.CommandLine;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.Load;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;
import io.staddle.server.data.DataRefusedException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// A deployment is saved while it is in use, lost, and begun anew from the file.
@Tag("slow")
final class BackupIT {
    private static final GrainId KEPT = GrainId.of("kept", "0");
    private static final GrainId RELEASED = GrainId.of("kept", "1");
    private static final GrainId MOVED_LATER = GrainId.of("kept", "2");
    private static final GrainId CREATED_LATER = GrainId.of("later", "0");

    @RegisterExtension
    final ClusterExtension extension = ClusterExtension.of(ClusterSettings.named("backup"));

    @Test
    void aNewDeploymentBeginsWithTheStateOfTheOldOneAboveAllThatItGaveOut() throws IOException {
        TestCluster old = extension.get();
        Directory.register(old.client());
        Directory.acquireAll(old.client(), Directory.grains("kept", 2_000), Directory.EU);
        release(old.client(), RELEASED);
        Path file = old.home().resolve("kept.backup");
        BackupHeader header = saveUnderLoad(old, file);
        assertThatDamageIsSaid(file);

        Held kept = held(old.client(), KEPT);
        Held later = promoteToUs(old.client(), MOVED_LATER);
        Directory.acquireAll(old.client(), List.of(CREATED_LATER), Directory.EU);
        Held created = held(old.client(), CREATED_LATER);
        long lastIndex = lastIndexOfAll(old);
        old.nodes().forEach(ServerNode::kill);
        assertThatADiskAloneHasAllOfIt(old, lastIndex);

        ClusterSettings settings = ClusterSettings.named("restored");
        try (TestCluster restored = TestCluster.create(settings)) {
            Instant at = Instant.ofEpochMilli(System.currentTimeMillis());
            assertThatThrownBy(() -> old.nodes().getFirst().restore(file, at))
                    .isInstanceOf(DataRefusedException.class)
                    .hasMessageContaining("not empty");
            restored.nodes().forEach(node -> node.restore(file, at));
            restored.nodes().forEach(ServerNode::start);
            restored.awaitReady();
            StaddleClient client = restored.client();
            assertThat(grains(client)).isEqualTo(header.getGrains());
            assertThatNobodyPasses(client, List.of(kept, later, created));
            assertThatClaimsGoOn(client, List.of(kept, later, created));
            assertThatWatchersAreToldOfTheGap(client, lastIndex);
            restored.awaitEqualDigests();

            restored.nodes().parallelStream().forEach(ServerNode::kill);
            restored.heal();
            restored.awaitEqualDigests();
            assertThat(client.grains().lookup(CREATED_LATER).owner())
                    .isEqualTo(Directory.OWNED_BY_EU);
        }
    }

    /// A majority is enough for an answer; here all have it.
    private static long lastIndexOfAll(TestCluster cluster) {
        cluster.awaitEqualDigests();
        return cluster.client()
                .servers()
                .describeAll()
                .getFirst()
                .answer()
                .orElseThrow()
                .log()
                .appliedIndex();
    }

    private static BackupHeader saveUnderLoad(TestCluster cluster, Path file) throws IOException {
        try (Load load = Load.start(cluster, "load")) {
            await("load").until(() -> load.granted() > 100);
            CommandLine.Ran saved = staddle(cluster, "backup", "save", file.toString());
            assertThat(saved.code()).as(saved.err()).isZero();
            int before = load.granted();
            await("more load").until(() -> load.granted() > before + 100);
        }
        CommandLine.Ran verified = staddle(cluster, "backup", "verify", file.toString());
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.err()).contains("whole");
        BackupHeader header = BackupReader.verify(file, bytes -> {});
        assertThat(header.getGrains()).isGreaterThan(2_000);
        return header;
    }

    private static void assertThatDamageIsSaid(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= (byte) 1;
        Path damaged = Files.write(file.resolveSibling("damaged.backup"), bytes);
        CommandLine.Ran refused =
                CommandLine.run(new String[] {"backup", "verify", damaged.toString()});
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is no whole backup");
    }

    /// Whatever this one had when it was killed: here, as nothing was under way, everything.
    private static void assertThatADiskAloneHasAllOfIt(TestCluster old, long lastIndex) {
        Path salvaged = old.home().resolve("salvaged.backup");
        BackupHeader header = old.nodes().getFirst().salvage(salvaged);
        assertThat(header.getSalvaged()).isTrue();
        assertThat(header.getIndex()).isGreaterThanOrEqualTo(lastIndex);
    }

    private static void assertThatNobodyPasses(StaddleClient client, List<Held> held) {
        for (Held old : held) {
            assertThat(client.grains().checkFence(old).valid()).as("%s", old).isFalse();
            assertThat(client.grains().lookup(old.grain()).epoch()).isGreaterThan(old.epoch());
        }
        assertThat(client.grains().lookup(RELEASED)).isInstanceOf(Ownership.Released.class);
    }

    private static void assertThatClaimsGoOn(StaddleClient client, List<Held> held) {
        for (Held old : held) {
            Answer.Grant grant = client.grains().acquire(old.grain(), Directory.EU).orThrow();
            assertThat(grant.epoch()).isGreaterThan(old.epoch());
            Held now = new Held(grant.grain(), Directory.EU, grant.epoch());
            assertThat(client.grains().checkFence(now).valid()).isTrue();
        }
        Directory.acquireAll(client, Directory.grains("after", 500), Directory.US);
    }

    private static void assertThatWatchersAreToldOfTheGap(StaddleClient client, long lastIndex) {
        WatchOptions options = WatchOptions.FROM_NOW.from(new Revision(lastIndex + 1, 0));
        try (EventWatcher watcher = client.events().watch(options)) {
            Watched first = watcher.next();
            while (first instanceof Watched.Progress) {
                first = watcher.next();
            }
            assertThat(first).isInstanceOf(Watched.Trimmed.class);
        }
    }

    private static long grains(StaddleClient client) {
        return client.grains().count().stream().mapToLong(count -> count.grains()).sum();
    }

    private static Held held(StaddleClient client, GrainId grain) {
        Ownership now = client.grains().lookup(grain);
        return new Held(grain, now.owner().orElseThrow(), now.epoch());
    }

    private static Held promoteToUs(StaddleClient client, GrainId grain) {
        Held seen = held(client, grain);
        Answer.Grant grant =
                client.grains().promote(seen, Directory.US, Takeover.FROM_LIVE_OWNER).orThrow();
        return new Held(grain, Directory.US, grant.epoch());
    }

    private static void release(StaddleClient client, GrainId grain) {
        client.grains().release(held(client, grain)).orThrow();
    }

    private static CommandLine.Ran staddle(TestCluster cluster, String... words) {
        return CommandLine.run(words, "--endpoints", cluster.endpoints());
    }
}
