package io.staddle.it.kit;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.client.ClusterAgent;
import io.staddle.client.GrainDirectory;
import io.staddle.client.GrainHandle;
import io.staddle.client.Held;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.Standing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A region in a process of its own, with an agent and one grain: when told to, it acts as the
/// owner in all ways that there are, with the token that it got in the beginning.
public final class RegionProcess implements AutoCloseable {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String OWNS = "owns";
    private static final String END = "end";

    private final Process process;
    private final BufferedReader said;

    private RegionProcess(Process process) {
        this.process = process;
        said = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Starts it and waits until it owns `grain`.
    public static RegionProcess start(TestCluster cluster, ClusterId region, GrainId grain)
            throws IOException {
        RegionProcess started =
                new RegionProcess(
                        new ProcessBuilder(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        RegionProcess.class.getName(),
                                        cluster.endpoints(),
                                        region.value(),
                                        grain.type().name(),
                                        grain.key())
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start());
        started.readUntil(OWNS);
        return started;
    }

    /// Is the region `args[1]` of the servers at `args[0]`, and owns the grain `args[2]/args[3]`.
    public static void main(String[] args) throws IOException, InterruptedException {
        ClusterId region = new ClusterId(args[1]);
        try (StaddleClient client = StaddleClient.builder().endpoints(args[0]).build();
                ClusterAgent agent =
                        client.agent(region).incarnation(Beater.INCARNATION).start(why -> {})) {
            while (agent.standing() != Standing.HEALTHY) {
                Thread.sleep(10);
            }
            Answer.Grant grant =
                    client.grains().acquire(GrainId.of(args[2], args[3]), region, LEASE).orThrow();
            GrainHandle handle = agent.handle(grant);
            System.out.println(OWNS);
            // Nothing is read until somebody has written, and a process that is paused goes on
            // here.
            if (System.in.read() >= 0) {
                act(handle, client.grains()).forEach(System.out::println);
            }
            System.out.println(END);
        }
    }

    /// Tells it to act as the owner: now, or as soon as it is resumed.
    public void act() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /// Returns how it fared, as in `renew: refused`, in the order of its acts.
    public List<String> fared() throws IOException {
        return readUntil(END);
    }

    /// Stops it with SIGSTOP.
    public void pause() {
        Signals.send("STOP", process.pid());
    }

    /// Lets it go on.
    public void resume() {
        Signals.send("CONT", process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static List<String> act(GrainHandle handle, GrainDirectory grains) {
        Held held = handle.held();
        List<String> fared = new ArrayList<>();
        fared.add("usable: " + handle.isUsable());
        fared.add("fence: " + grains.checkFence(held).valid());
        fared.add("renew: " + word(grains.renew(held, LEASE)));
        fared.add("claim: " + word(grains.claim(held.grain(), held.holder(), held.epoch())));
        fared.add(
                "promote: " + word(grains.promote(held, held.holder(), Takeover.FROM_LIVE_OWNER)));
        fared.add("release: " + word(grains.release(held)));
        return fared;
    }

    private static String word(Result<?> result) {
        return switch (result) {
            case Result.Done<?> done -> "done";
            case Result.Refused<?> refused -> "refused";
            case Result.Unknown<?> unknown -> "unknown";
        };
    }

    private List<String> readUntil(String last) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); !last.equals(line); line = said.readLine()) {
            if (line == null) {
                throw new IOException("the region ended after it had said " + lines);
            }
            lines.add(line);
        }
        return lines;
    }
}
