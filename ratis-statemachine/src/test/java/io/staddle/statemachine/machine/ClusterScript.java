package io.staddle.statemachine.machine;

import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.Initiative;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Observation;
import io.staddle.api.model.Reach;
import io.staddle.api.model.Suspicion;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The part of [Script] about clusters.
///
/// ```
/// register a [unknown] [at X] [tier N] [primary]    update a tier N [primary] [seen V]
/// remove a [seen V] [lost]
/// beat a[,b] [ago MS] [fence F] [inc N] [lag MS]
/// mark a AGO [seen V] [by b,c] [except d]      drain a [seen V]       readmit a M [auto]
/// failover M a [to b] [fence F] [grace|drain|mild] [plan P]           demote M a [to b] [fence F]
/// failback M a [plan P]                        evacuate M a [types t,u] [to b] [plan P]
/// transfer a b [epoch E]                       pause all|a            resume all|a
/// blocked a
/// ```
///
/// A failover is forced by an operator unless it is said otherwise; `mild` is one who does not
/// insist. A beat comes now and acknowledges the fence of the cluster.
final class ClusterScript {
    private final String[] words;
    private final Reads view;
    private final long clockMillis;

    ClusterScript(String[] words, Reads view, long clockMillis) {
        this.words = words;
        this.view = view;
        this.clockMillis = clockMillis;
    }

    Command command() {
        return switch (words[0]) {
            case "register" ->
                    new ClusterCommand.Register(
                            cluster(1),
                            profile(),
                            has("unknown") ? ClusterState.UNKNOWN : ClusterState.HEALTHY);
            case "update" -> new ClusterCommand.Update(cluster(1), profile(), seen());
            case "remove" -> new ClusterCommand.Remove(cluster(1), seen(), has("lost"));
            case "transfer" ->
                    new ClusterCommand.TransferPrimary(
                            cluster(1), cluster(2), number("epoch", Primacies.of(view).epoch()));
            case "pause" -> new AutomationCommand.Pause(reach(), "drill");
            case "resume" -> new AutomationCommand.Resume(reach());
            case "blocked" -> new AutomationCommand.NoteFailoverBlocked(cluster(1));
            case "beat", "mark", "drain", "readmit" -> health();
            default -> move();
        };
    }

    private Command health() {
        return switch (words[0]) {
            case "beat" ->
                    new HealthCommand.RecordBeats(
                            Stream.of(words[1].split(",", -1))
                                    .map(ClusterId::new)
                                    .map(this::beat)
                                    .toList());
            case "mark" -> new HealthCommand.MarkSuspect(cluster(1), seen(), suspicion());
            case "drain" -> new HealthCommand.Drain(cluster(1), seen());
            default ->
                    new HealthCommand.Readmit(
                            cluster(1),
                            new MoveId(words[2]),
                            has("auto") ? Initiative.AUTOMATIC : Initiative.OPERATOR);
        };
    }

    private Command move() {
        MoveId id = new MoveId(words[1]);
        return switch (words[0]) {
            case "failover" -> failOver(id);
            case "demote" ->
                    new ClusterCommand.DemoteAndPromote(
                            id,
                            cluster(2),
                            new Fence(number("fence", fence(2))),
                            successor(),
                            plan());
            case "failback" -> new ClusterCommand.FailBack(id, cluster(2), plan());
            case "evacuate" ->
                    new ClusterCommand.Evacuate(id, cluster(2), types(), successor(), plan());
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        };
    }

    private Command failOver(MoveId id) {
        FailoverCause cause =
                has("grace")
                        ? FailoverCause.GRACE
                        : has("drain") ? FailoverCause.DRAIN : FailoverCause.OPERATOR;
        return new ClusterCommand.FailOver(
                id,
                cluster(2),
                new Fence(number("fence", fence(2))),
                cause,
                !cause.isAutomatic() && !has("mild"),
                successor(),
                plan());
    }

    private Beat beat(ClusterId cluster) {
        OptionalLong lag =
                after("lag")
                        .map(text -> OptionalLong.of(Long.parseLong(text)))
                        .orElse(OptionalLong.empty());
        long fence = known(cluster).map(c -> c.fence().value()).orElse(0L);
        long incarnation = known(cluster).map(c -> c.vitals().incarnation()).orElse(0L);
        return new Beat(
                cluster,
                number("inc", incarnation),
                new Fence(number("fence", fence)),
                lag,
                clockMillis - number("ago", 0));
    }

    private Suspicion suspicion() {
        List<Observation> observations =
                Stream.of("by", "except")
                        .flatMap(word ->
                                after(word).stream()
                                        .flatMap(all -> Stream.of(all.split(",", -1)))
                                        .map(each ->
                                                new Observation(
                                                        new ClusterId(each),
                                                        word.equals("except"),
                                                        clockMillis)))
                        .toList();
        return new Suspicion(clockMillis - Long.parseLong(words[2]), observations);
    }

    private Reach reach() {
        return words[1].equals("all") ? Reach.ALL : new Reach.OneCluster(cluster(1));
    }

    private ClusterProfile profile() {
        return new ClusterProfile(
                "", after("at").orElse(""), (int) number("tier", 0), has("primary"));
    }

    private Successor successor() {
        Optional<String> to = after("to");
        return to.isPresent()
                ? new Successor.Named(new ClusterId(to.get()))
                : new Successor.ByPlacement();
    }

    private PlanId plan() {
        return after("plan").map(PlanId::new).orElse(PlanId.NONE);
    }

    private List<GrainType> types() {
        return after("types").stream()
                .flatMap(all -> Stream.of(all.split(",", -1)))
                .map(GrainType::new)
                .toList();
    }

    private long seen() {
        return number("seen", known(cluster(1)).map(ClusterRecord::version).orElse(0L));
    }

    private long fence(int word) {
        return known(cluster(word)).map(c -> c.fence().value()).orElse(0L);
    }

    private Optional<ClusterRecord> known(ClusterId cluster) {
        return view.get(Schema.CLUSTERS, cluster);
    }

    private ClusterId cluster(int word) {
        return new ClusterId(words[word]);
    }

    private long number(String word, long otherwise) {
        return after(word).map(Long::parseLong).orElse(otherwise);
    }

    private Optional<String> after(String word) {
        int at = Arrays.asList(words).indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(words[at + 1]);
    }

    private boolean has(String word) {
        return Arrays.asList(words).contains(word);
    }
}
