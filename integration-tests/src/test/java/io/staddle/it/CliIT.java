package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.cli.StaddleCli;
import io.staddle.it.kit.CommandLine;
import io.staddle.it.kit.CommandLine.Ran;
import io.staddle.it.kit.DevPorts;
import io.staddle.it.kit.Distribution;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The command line as a user has it: `staddle dev` as a process of its own, and the tour of the
/// README against its servers.
final class CliIT {
    private static final Duration START = Duration.ofMinutes(3);
    private static final String ROW =
            """
            {"type":"file","key":"usr/%05d","owner":"us-1","epoch":7,"state":"owned"}
            """;

    @TempDir private Path directory = Path.of("unset");
    private final int basePort = DevPorts.base();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void theTourWorksAndASecondStartFindsTheData() throws Exception {
        Process dev = dev();
        awaitServing("dev-1.err", 1);
        tour();
        whatAClusterMissedIsKeptUntilItIsAcknowledged();
        theClusterIsReadmitted();
        plansAreCarriedOutAsShownOrNotAtAll();
        clustersArePausedAndDrained();
        nodesComeAndGo();
        aMigrationIsStartedShownAndUndone();
        leadershipGoesWhereItIsAskedTo();
        aBackupIsSavedAndVerified();
        importedGrainsComeBackAsTheyWere();

        dev.destroy();
        assertThat(dev.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said("dev-1.err")).contains("Stopped. The data stays in");
        assertThat(directory.resolve("dev/server-1/pid")).doesNotExist();

        dev();
        awaitServing("dev-2.err", 1);
        assertThat(said("dev-2.err")).doesNotContain("Formatting");
        assertThat(staddle("grain", "lookup", "cart/42").out()).containsPattern("us-1 +2");
    }

    @Test
    @Tag("slow")
    void aServerThatDiesIsNotRestartedAndComesBackAlone() throws Exception {
        dev();
        awaitServing("dev-1.err", 1);
        Path pid = directory.resolve("dev/server-2/pid");
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .orElseThrow()
                .destroyForcibly();
        await().atMost(START)
                .until(() -> said("dev-1.err").contains("To bring it back: staddle dev --only 2"));
        assertThat(staddle("server", "list").out()).contains("unreachable");

        dev("--only", "2");
        awaitServing("dev-2.err", 1);
        assertThat(staddle("server", "list").out()).doesNotContain("unreachable");
    }

    private void tour() {
        ok("config", "set", "health.suspect-after-millis=604800000", "failover.auto-readmit=0");
        ok("cluster", "register", "eu-1", "--region", "eu", "--healthy");
        ok("cluster", "register", "us-1", "--region", "us", "--tier", "1", "--healthy");
        assertThat(ok("grain", "acquire", "cart/42", "--owner", "eu-1"))
                .contains("cart/42 is owned by eu-1 in epoch 1");
        Ran second = staddle("grain", "acquire", "cart/42", "--owner", "us-1");
        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err()).contains("refused: OWNED_BY_OTHER");
        assertThat(ok("grain", "lookup", "cart/42", "-o", "json"))
                .contains("\"owner\": \"eu-1\"")
                .contains("\"epoch\": \"1\"");
        assertThat(ok("failover", "run", "eu-1", "--force", "--dry-run"))
                .containsPattern("cart +1 +eu-1");
        assertThat(staddle("failover", "run", "eu-1", "--force").code()).isEqualTo(64);
        assertThat(ok("failover", "run", "eu-1", "--force", "--yes"))
                .contains("1 grain moved, 0 stranded");
        Ran fenced = staddle("grain", "check", "cart/42", "--owner", "eu-1", "--epoch", "1");
        assertThat(fenced.code()).isEqualTo(2);
        assertThat(fenced.out()).contains("fenced: eu-1 does not own cart/42");
        assertThat(ok("grain", "check", "cart/42", "--owner", "us-1", "--epoch", "2"))
                .contains("valid");
        assertThat(ok("failover", "list")).contains("failover");
        assertThat(ok("cluster", "beat", "eu-1")).contains("recovering");
    }

    private void theClusterIsReadmitted() {
        assertThat(ok("cluster", "readmit", "eu-1")).contains("healthy");
        assertThat(staddle("cluster", "show", "nobody").err())
                .contains("refused: NOT_FOUND: there is no cluster \"nobody\"")
                .contains("There are: eu-1, us-1. To add it: staddle cluster register nobody");
        assertThat(ok("server", "digest")).contains("s1").contains("s2").contains("s3");
        assertThat(ok("config", "set", "claims.max-epoch-jump=20"))
                .contains("set claims.max-epoch-jump=20;");
    }

    private void whatAClusterMissedIsKeptUntilItIsAcknowledged() throws IOException {
        String[] one = {
            "replay",
            "append",
            "eu-1",
            "--origin",
            "us-1",
            "--seq",
            "1",
            "--key",
            "k",
            "--value",
            "x"
        };
        assertThat(ok(one)).contains("1 write appended to the queue of eu-1");
        assertThat(ok(one)).contains("0 writes appended").contains("1 known already");
        Path more =
                Files.writeString(
                        directory.resolve("writes.ndjson"),
                        """
                        {"key":"cart/1","value":"two"}
                        {"key":"cart/2","base64":"AP8="}
                        """);
        assertThat(ok("replay", "append", "eu-1", more.toString(), "--origin", "us-1"))
                .contains("2 writes appended");
        assertThat(ok("replay", "status")).containsPattern("eu-1 +3 +19 B");
        assertThat(ok("replay", "status", "eu-1"))
                .containsPattern("origin +us-1 to [0-9]+, settled");
        assertThat(ok("replay", "peek", "eu-1"))
                .containsPattern("1 +us-1 +1 +k +1 .* x\n")
                .contains("0x00ff");
        assertThat(ok("replay", "peek", "eu-1", "--after", "2", "-o", "json"))
                .contains("\"value\": \"AP8=\"")
                .contains("\"seq\": \"3\"");
        theQueueIsEmptiedAndGuarded();
    }

    private void theQueueIsEmptiedAndGuarded() {
        Ran fenced =
                staddle("replay", "append", "us-1", "--origin", "eu-1", "--seq", "1", "--key", "k");
        assertThat(fenced.code()).isEqualTo(2);
        assertThat(fenced.err()).contains("refused: CLUSTER_FENCED");
        assertThat(staddle("cluster", "readmit", "eu-1").err()).contains("REPLAY_PENDING");
        assertThat(staddle("replay", "ack", "eu-1", "--through", "4", "--yes").err())
                .contains("OUT_OF_RANGE");
        assertThat(staddle("replay", "ack", "eu-1", "--through", "1").code()).isEqualTo(64);
        assertThat(ok("replay", "ack", "eu-1", "--through", "1", "--yes"))
                .contains("eu-1 has 2 writes left to replay");
        assertThat(ok("replay", "truncate", "eu-1", "--reason", "drill", "--yes"))
                .contains("2 writes are thrown away; eu-1 has 0 writes left");
        assertThat(staddle("replay", "truncate", "eu-1", "--reason", "drill", "--yes").err())
                .contains("nothing to replay for eu-1");
        assertThat(staddle("replay", "peek", "mars").code()).isEqualTo(2);
    }

    private void plansAreCarriedOutAsShownOrNotAtAll() {
        assertThat(ok("cluster", "transfer-primary", "eu-1", "--yes"))
                .contains("eu-1 is the primary");
        ok("grain", "acquire", "session/1", "--owner", "eu-1");
        assertThat(ok("failover", "plan", "eu-1")).contains("Held back now: eu-1 is healthy");

        String shown = ok("failover", "plan", "eu-1", "--force");
        assertThat(shown)
                .containsPattern("session +1 +eu-1 +us-1")
                .contains("1 grain would move, 0 would be stranded")
                .contains("us-1 is the primary");
        ok("cluster", "update", "us-1", "--region", "america");
        Ran late = staddle("failover", "apply", planIn(shown), "--yes");
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.err()).contains("PLAN_CHANGED");
        Ran named = staddle("failover", "run", "eu-1", "--force", "--plan", planIn(shown), "--yes");
        assertThat(named.code()).isEqualTo(2);
        assertThat(named.err()).contains("PLAN_CHANGED");

        String again = planIn(ok("cluster", "demote", "eu-1", "--dry-run"));
        assertThat(ok("failover", "apply", again, "--yes", "--id", "drill"))
                .contains("1 grain moved, 0 stranded");
        assertThat(ok("failover", "show", "drill"))
                .contains("cause: by an operator; then us-1 is the primary");
        assertThat(ok("cluster", "show", "eu-1")).contains("failover  drill, open until");
    }

    private void clustersArePausedAndDrained() {
        assertThat(ok("cluster", "pause", "--all", "--reason", "works"))
                .contains("automation is paused for all clusters: works");
        assertThat(staddle("cluster", "list").err())
                .contains("Automation is paused for all: works");
        ok("cluster", "resume", "--all");
        ok("cluster", "pause", "us-1", "--reason", "disk swap");
        assertThat(ok("cluster", "show", "us-1")).contains("paused    disk swap (since");
        ok("cluster", "resume", "us-1");

        ok("cluster", "register", "ap-1", "--tier", "2", "--healthy");
        assertThat(staddle("cluster", "drain", "ap-1").code()).isEqualTo(64);
        assertThat(ok("cluster", "drain", "ap-1", "--yes", "--reason", "moving out"))
                .contains("ap-1 is draining");
    }

    private void nodesComeAndGo() {
        for (String node : List.of("n1", "n2", "n3", "n4")) {
            ok("node", "register", node, "127.0.0.1:9000");
            assertThat(ok("node", "activate", node)).contains(node + " is ACTIVE");
        }
        assertThat(staddle("node", "register", "n1", "nowhere").code()).isEqualTo(64);
        assertThat(ok("routing", "init", "n1", "n2", "n3")).contains("1024 vShards in 8 groups");
        assertThat(staddle("routing", "init", "--groups", "4", "n1", "n2", "n3").err())
                .contains("ALREADY_INITIALIZED");
        assertThat(ok("routing", "locate", "123456789")).contains("vShard 643 of group 4");
        assertThat(ok("routing", "show")).containsPattern("8 +n1,n2,n3 .* 128");
        assertThat(ok("routing", "show", "--node", "n2", "--group", "2"))
                .containsPattern("1 +2 +n2");
        assertThat(staddle("node", "decommission", "n1").err()).contains("WOULD_VIOLATE_RF");
        assertThat(ok("routing", "assign", "1", "n3", "--yes"))
                .contains("is served by n3, epoch 2");
        assertThat(ok("routing", "member", "2", "add_learner", "n4")).contains("learners [n4]");
        assertThat(ok("routing", "member", "2", "remove", "n4")).contains("learners []");
        assertThat(ok("routing", "show")).containsPattern("2 +n1,n2,n3 +- +n4");
        assertThat(ok("node", "show", "n4")).containsPattern("leaves +2");
        assertThat(ok("routing", "left", "2", "n4")).contains("n4 has left group 2");
        assertThat(staddle("routing", "left", "2", "n4").code()).isEqualTo(2);
        assertThat(ok("node", "show", "n3")).contains("n3, ACTIVE", "serves     257 vShards");
        assertThat(ok("node", "list")).containsPattern("n4 +ACTIVE +127.0.0.1:9000 +1");
    }

    private void aMigrationIsStartedShownAndUndone() {
        ok("node", "beat", "n4");
        assertThat(ok("migration", "start", "0", "n4", "--id", "m1", "--reason", "for room"))
                .contains("of vShard 0 from n1 to n4 is in ADD_LEARNER");
        assertThat(ok("migration", "list")).containsPattern("m1 +0 +n1 +n4 +ADD_LEARNER");
        assertThat(ok("migration", "show", "m1"))
                .contains("would remove learner n4 of group 1", "step 1");
        assertThat(ok("migration", "explain", "m1"))
                .contains("m1 moves vShard 0 from n1 to n4 and is in ADD_LEARNER")
                .containsPattern("migration_started .*for room")
                .containsPattern("NEXT_STEP +it enters CATCH_UP once n4 has");
        assertThat(ok("migration", "recover", "--dry-run")).containsPattern("m1 +RESUME");
        assertThat(staddle("migration", "recover").code()).isEqualTo(64);
        assertThat(staddle("migration", "abort", "m1").code()).isEqualTo(64);
        ok("migration", "abort", "m1", "--reason", "not now");
        assertThat(ok("migration", "show", "m1")).contains("OPERATOR in ADD_LEARNER (not now)");
        assertThat(staddle("migration", "retry", "m1").err()).contains("NOT_FENCED");
        assertThat(ok("migration", "verify", "-o", "json")).contains("\"checkpoints\":2");
        assertThat(ok("routing", "show")).containsPattern("1 +n1,n2,n3 +-");
        assertThat(staddle("routing", "ghosts").err()).contains("There are no ghosts");
        movesAreProposed();
        ok("node", "drain", "n4");
        ok("node", "decommission", "n4", "--finish");
        assertThat(ok("node", "remove", "n4", "--yes")).contains("n4 is removed");
    }

    private void movesAreProposed() {
        List.of("n1", "n2", "n3", "n4").forEach(node -> ok("node", "beat", node));
        assertThat(ok("migration", "plan"))
                .contains("replicates more groups than others")
                .contains("held back by MIGRATION_LIMIT: 4 migrations go on")
                .containsPattern("more moves: not before that of vShard \\d+ is over")
                .doesNotContain("migration plan-")
                .containsPattern("n4 +ACTIVE +0 +\\d+ +0 +6")
                .contains("To carry it out: staddle migration apply ");
        assertThat(ok("migration", "plan", "--drain", "n1")).contains("n1 leaves", " --drain n1");
        assertThat(staddle("migration", "plan", "--fill", "nobody").err()).contains("NOT_FOUND");
        assertThat(staddle("migration", "plan", "--fill", "n1", "--drain", "n2").code())
                .isEqualTo(64);
        assertThat(staddle("migration", "apply", "0123456789abcdef", "--yes").err())
                .contains("PLAN_CHANGED");
    }

    private void leadershipGoesWhereItIsAskedTo() {
        assertThat(ok("server", "transfer-leader")).containsPattern("s[123] leads after \\d+ ms");
        assertThat(ok("server", "step-down")).contains("the leader stepped down after");
        ok("server", "priority", "s2", "10");
        await().atMost(START)
                .untilAsserted(() ->
                        assertThat(ok("server", "show", "s2")).containsPattern("role +leader"));
        ok("server", "priority", "s2", "0");
        assertThat(staddle("server", "priority", "s2", "1001").code()).isNotZero();
        assertThat(ok("server", "snapshot", "s1")).contains("s1 has a snapshot at index");
    }

    private void aBackupIsSavedAndVerified() {
        String file = directory.resolve("tour.backup").toString();
        ok("backup", "save", file);
        assertThat(staddle("backup", "verify", file).err()).contains("whole");
    }

    private static String planIn(String shown) {
        Matcher plan = Pattern.compile("failover apply (\\S+)").matcher(shown);
        assertThat(plan.find()).as(shown).isTrue();
        return plan.group(1);
    }

    private void importedGrainsComeBackAsTheyWere() throws IOException {
        String rows =
                IntStream.range(0, 10_000).mapToObj(ROW::formatted).collect(Collectors.joining());
        Path file = Files.writeString(directory.resolve("rows.ndjson"), rows);
        Path back = directory.resolve("back.ndjson");

        assertThat(ok("grain", "import", file.toString())).containsPattern("new +10,000");
        assertThat(ok("grain", "import", file.toString())).containsPattern("equal +10,000");
        ok("grain", "export", "--type", "file", back.toString());
        assertThat(Files.readString(back)).isEqualTo(rows);
        assertThat(ok("grain", "count", "--type", "file")).contains("10,000");
        epochsOfGrainsThatNobodyOwnsComeBackAsTheyWere();
    }

    private void epochsOfGrainsThatNobodyOwnsComeBackAsTheyWere() throws IOException {
        String rows =
                """
                {"type":"moved","key":"a","owner":"gone","epoch":7,"state":"released"}
                {"type":"moved","epoch":9,"state":"floor"}
                """;
        Path file = Files.writeString(directory.resolve("moved.ndjson"), rows);
        Path back = directory.resolve("moved-back.ndjson");
        assertThat(ok("grain", "import", file.toString()))
                .containsPattern("epoch kept\\) +1")
                .containsPattern("floors of types +1");
        ok("grain", "export", "--type", "moved", back.toString());
        assertThat(Files.readString(back)).isEqualTo(rows);
    }

    private String ok(String... args) {
        Ran ran = staddle(args);
        assertThat(ran.code()).as("%s: %s", List.of(args), ran.err()).isZero();
        return ran.out();
    }

    private Ran staddle(String... args) {
        return CommandLine.run(args, "--timeout", "20s", "--endpoints", endpoints());
    }

    private Process dev(String... options) throws IOException {
        String classPath = System.getProperty("java.class.path");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                classPath,
                                StaddleCli.class.getName(),
                                "dev",
                                "--data",
                                directory.resolve("dev").toString(),
                                "--base-port",
                                Integer.toString(basePort)));
        words.addAll(List.of(options));
        ProcessBuilder process = new ProcessBuilder(words);
        process.environment().put("STADDLE_HOME", Distribution.home().toString());
        String name = "dev-" + (started.size() + 1);
        process.redirectOutput(directory.resolve(name + ".out").toFile());
        process.redirectError(directory.resolve(name + ".err").toFile());
        Process dev = process.start();
        started.add(dev);
        return dev;
    }

    private void awaitServing(String file, int times) {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> said(file).split("Serving\\.", -1).length > times);
    }

    private String said(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private String endpoints() {
        return IntStream.range(0, 3)
                .mapToObj(i -> "127.0.0.1:" + (basePort + i))
                .collect(Collectors.joining(","));
    }
}
