package io.staddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

import io.staddle.api.command.AdminCommand.AdmitServer;
import io.staddle.api.command.AdminCommand.NoteMembers;
import io.staddle.api.command.AdminCommand.PutConfig;
import io.staddle.api.command.AdminCommand.RaiseFeatureLevel;
import io.staddle.api.command.AutomationCommand.Pause;
import io.staddle.api.command.BalanceCommand.ApplyPlan;
import io.staddle.api.command.BalanceCommand.Target;
import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.ClusterCommand.Register;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.DirectoryCommand.Claim;
import io.staddle.api.command.DirectoryCommand.ExpireLeases;
import io.staddle.api.command.DirectoryCommand.Import;
import io.staddle.api.command.DirectoryCommand.PurgeTombstones;
import io.staddle.api.command.DirectoryCommand.Renew;
import io.staddle.api.command.GhostCommand.AdjustGhost;
import io.staddle.api.command.GhostCommand.CleanupMigrations;
import io.staddle.api.command.GhostCommand.SweepGhosts;
import io.staddle.api.command.HealthCommand.RecordBeats;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.MigrationCommand.AbortMigration;
import io.staddle.api.command.MigrationCommand.CheckpointMigration;
import io.staddle.api.command.MigrationCommand.CompleteMigration;
import io.staddle.api.command.MigrationCommand.ReportProgress;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.NodeCommand.RegisterNode;
import io.staddle.api.command.NodeCommand.SetNodeState;
import io.staddle.api.command.ReplayCommand.Acknowledge;
import io.staddle.api.command.ReplayCommand.Append;
import io.staddle.api.command.ReplayCommand.Settle;
import io.staddle.api.command.ReplayCommand.Truncate;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.id.VShardId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Reach;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.RoleMove;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Grain;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What can never be right is refused where it comes in: the message names the field, what was
/// expected, and what was found, and a huge value does not come back whole.
final class MalformedInputTest {
    private static final GrainId GRAIN = GrainId.of("t", "k");
    private static final ClusterId A = new ClusterId("a");
    private static final NodeId N = new NodeId("n");
    private static final VShardId V = new VShardId(0);
    private static final PlanId PLAN = new PlanId("p");
    private static final List<Target> TARGETS = List.of(new Target(V, N));
    private static final MigrationId MIG = new MigrationId("m");

    record Row(String field, String expected, String found, ThrowingCallable make) {
        @Override
        public String toString() {
            return field + " \"" + found + "\"";
        }
    }

    static Stream<Row> names() {
        String huge = "x".repeat(100_000);
        String cut = "x".repeat(80) + "…";
        return Stream.of(
                new Row("grain type", "1 to 128 bytes", "", () -> new GrainType("")),
                new Row("grain type", "1 to 128 bytes", cut, () -> new GrainType(huge)),
                new Row("grain type", "1 to 128", "é", () -> new GrainType("é".repeat(65))),
                new Row("grain type", "without a slash", "a/b", () -> new GrainType("a/b")),
                new Row("grain type", "control", "a\\u0000", () -> new GrainType("a\0")),
                new Row("grain key", "1 to 512 bytes", "", () -> GrainId.of("t", "")),
                new Row("grain key", "1 to 512 bytes", cut, () -> GrainId.of("t", huge)),
                new Row("grain key", "1 to 512", "漢", () -> GrainId.of("t", "漢".repeat(171))),
                new Row("grain key", "Unicode", "\\ud83c", () -> GrainId.of("t", "\ud83c")),
                new Row("grain key", "Unicode", "\\udf3e", () -> GrainId.of("t", "\udf3ex")),
                new Row("grain key", "Unicode", "\\ud83c", () -> GrainId.of("t", "\ud83cx")),
                new Row("grain key", "control", "a\\u000ab", () -> GrainId.of("t", "a\nb")),
                new Row("grain key", "control", "\\u007f", () -> GrainId.of("t", "\u007f")),
                new Row("grain key", "control", "\\u0085", () -> GrainId.of("t", "\u0085")),
                new Row("grain", "TYPE/KEY", "nothing", () -> GrainId.parse("nothing")),
                new Row("grain key", "1 to 512", "", () -> GrainId.parse("t/")),
                new Row("grain type", "1 to 128", "", () -> GrainId.parse("/k")),
                new Row("cluster", "1 to 64", "", () -> new ClusterId("")),
                new Row("cluster", "1 to 64", cut, () -> new ClusterId(huge)),
                new Row("cluster", "letters", "a/b", () -> new ClusterId("a/b")),
                new Row("cluster", "letters", "-a", () -> new ClusterId("-a")),
                new Row("cluster", "letters", "é", () -> new ClusterId("é")),
                new Row("server", "letters", "a b", () -> new ServerId("a b")),
                new Row("move id", "letters", "m\\u000a", () -> new MoveId("m\n")),
                new Row(
                        "move id",
                        "without rescue-",
                        "rescue-7.0",
                        () -> new FailBack(new MoveId("rescue-7.0"), A, PlanId.NONE)));
    }

    static Stream<Row> routing() {
        return Stream.of(
                new Row("node", "letters", "a b", () -> new NodeId("a b")),
                new Row("group", "1 to 65536", "0", () -> new GroupId(0)),
                new Row("group", "1 to 65536", "65537", () -> new GroupId(65_537)),
                new Row("vShard", "0 to 65535", "-1", () -> new VShardId(-1)),
                new Row("vShard", "0 to 65535", "65536", () -> new VShardId(65_536)),
                new Row("vShards", "1 to 65536", "0", () -> VShardId.ofKey("k", 0)),
                new Row("address", "HOST:PORT", "here", () -> NodeAddress.parse("here")),
                new Row("host", "1 to 255", "", () -> NodeAddress.parse(":7")),
                new Row("host", "visible", "a b", () -> NodeAddress.parse("a b:7")),
                new Row("port", "1 to 65535", "0", () -> NodeAddress.parse("a:0")),
                new Row("port", "1 to 65535", "65536", () -> NodeAddress.parse("a:65536")),
                new Row("incarnation", "1 or more", "0", () -> register(0)),
                new Row("state", "another than JOINING", "JOINING", () -> joining()),
                new Row("vShards", "1 to 65536", "0", () -> layout(0, 1, 1, 1)),
                new Row("groups", "1 to 4", "5", () -> layout(4, 5, 1, 1)),
                new Row("replication factor", "1 to 9", "10", () -> layout(4, 2, 10, 1)),
                new Row("nodes", "1 to 1000", "0", () -> layout(4, 2, 1, 0)),
                new Row("nodes", "different", "[n, n]", () -> layout(4, 2, 1, 2)));
    }

    static Stream<Row> migrations() {
        String huge = "x".repeat(513);
        return Stream.of(
                new Row("migration", "letters", "a b", () -> new MigrationId("a b")),
                new Row("target incarnation", "1 or more", "0", () -> migrate(0, 1)),
                new Row("budget micros", "1 to 3600000000", "0", () -> migrate(1, 0)),
                new Row("source index", "0 or more", "-1", () -> progress(-1, 0, 0)),
                new Row("target index", "0 or more", "-1", () -> progress(0, -1, 0)),
                new Row("estimated pause", "0 or more", "-1", () -> progress(0, 0, -1)),
                new Row("to", "CATCH_UP", "CUTOVER", () -> step(MigrationPhase.CUTOVER, 0)),
                new Row("to", "CATCH_UP", "ADD_", () -> step(MigrationPhase.ADD_LEARNER, 0)),
                new Row("bytes", "0 to", "16385", () -> step(MigrationPhase.CATCH_UP, 16_385)),
                new Row("actual", "0 or", "-1", () -> new CompleteMigration(MIG, -1, 1)),
                new Row("length of reason", "1 to 512", "0", () -> abort("")),
                new Row("length of reason", "1 to 512", "513", () -> abort(huge)),
                new Row("length of plan", "1 to 32", "0", () -> plan("", 0)),
                new Row("length of plan", "1 to 32", "33", () -> plan("x".repeat(33), 0)),
                new Row("moves", "1 to 1000", "0", () -> new ApplyPlan(PLAN, List.of(), 1)),
                new Row("vShards of moves", "2", "1", () -> plan("p", 0, 0)),
                new Row("budget micros", "1 to", "0", () -> new ApplyPlan(PLAN, TARGETS, 0)),
                new Row("references", "0 or", "-1", () -> new AdjustGhost(V, N, -1, 1)),
                new Row("verdicts", "1 to 1000", "0", () -> new SweepGhosts(List.of())),
                new Row("max", "1 to 10000", "0", () -> new CleanupMigrations(0)));
    }

    private static ApplyPlan plan(String id, int... vShards) {
        return new ApplyPlan(
                new PlanId(id),
                IntStream.of(vShards).mapToObj(each -> new Target(new VShardId(each), N)).toList(),
                1);
    }

    static Stream<Row> replay() {
        String huge = "x".repeat(2_000);
        WriteId id = new WriteId(A, 1);
        ReplayWrite large =
                new ReplayWrite(id, new ReplayKey("k"), ByteString.copyFrom(new byte[1 << 20]));
        return Stream.of(
                new Row("replay key", "1 to 1024 bytes", "", () -> new ReplayKey("")),
                new Row("replay key", "1 to 1024 bytes", "x", () -> new ReplayKey(huge)),
                new Row("replay key", "control", "a\\u000a", () -> new ReplayKey("a\n")),
                new Row("consumer", "1 to 64", "", () -> new ConsumerId("")),
                new Row("consumer", "letters", "a b", () -> new ConsumerId("a b")),
                new Row("origin seq", "1 to 4611686018427387904", "0", () -> new WriteId(A, 0)),
                new Row("origin seq", "1 to", "-1", () -> new WriteId(A, -1)),
                new Row("origin seq", "1 to", "9223", () -> new WriteId(A, Long.MAX_VALUE)),
                new Row("writes", "1 to 1000", "0", () -> new Append(A, List.of())),
                new Row("writes", "1 to 1000", "1001", () -> append(1_001, large)),
                new Row("bytes of writes", "1 to 2097152", "2097154", () -> append(2, large)),
                new Row("through seq", "1 or more", "0", () -> acknowledge(0)),
                new Row("through seq", "1 or more", "0", () -> new Truncate(A, 0, 0, "why")),
                new Row("seen acked", "0 or more", "-1", () -> new Truncate(A, 1, -1, "why")),
                new Row("reason", "1 to 512", "", () -> new Truncate(A, 1, 0, " ")),
                new Row("reason", "1 to 512", "x", () -> new Truncate(A, 1, 0, huge)),
                new Row("through", "1 to", "0", () -> new Settle(A, A, 0)),
                new Row("through", "1 to", "9223", () -> new Settle(A, A, Long.MAX_VALUE)));
    }

    static Stream<Row> numbers() {
        return Stream.of(
                new Row("epoch", "0 or more", "-1", () -> new Epoch(-1)),
                new Row("fence", "0 or more", "-1", () -> new Fence(-1)),
                new Row("holding", "1 or more", "0", () -> new HoldingId(0)),
                new Row("revision", "0 or more", "-1.0", () -> new Revision(-1, 0)),
                new Row("revision", "0 or more", "1.-1", () -> new Revision(1, -1)),
                new Row("lease millis", "0 or more", "-1", () -> new Acquire(GRAIN, A, -1)),
                new Row("lease millis", "0 or", "-5", () -> new Renew(GRAIN, A, Epoch.NONE, -5)),
                new Row("epoch", "1 or more", "0", () -> new Claim(GRAIN, A, Epoch.NONE)),
                new Row("epoch", "1 or more", "0", () -> new Import(GRAIN, A, Epoch.NONE)),
                new Row("max", "1 to 10000", "0", () -> new ExpireLeases(0)),
                new Row("max", "1 to 10000", "10001", () -> new PurgeTombstones(10_001)),
                new Row("level", "1 or more", "0", () -> new RaiseFeatureLevel(0)),
                new Row("members", "1 to 100", "0", () -> new NoteMembers(List.of())),
                new Row(
                        "members",
                        "each server once",
                        "2",
                        () -> new NoteMembers(List.of(member(1), member(2)))),
                new Row("priority", "0 or more", "-1", () -> member(-1)),
                new Row("tier rank", "0 to 1000", "-1", () -> profile("", "", -1)),
                new Row("tier rank", "0 to 1000", "1001", () -> profile("", "", 1_001)),
                new Row(
                        "claims.max-epoch-jump",
                        "1 to 1000000 epochs",
                        "many",
                        () -> Setting.MAX_EPOCH_JUMP.parse("many")),
                new Row(
                        "claims.max-epoch-jump",
                        "1 to 1000000 epochs",
                        "0",
                        () -> Setting.MAX_EPOCH_JUMP.parse("0")));
    }

    static Stream<Row> others() {
        String huge = "x".repeat(600);
        return Stream.of(
                new Row("state", "UNKNOWN or HEALTHY", "FAILED", () -> register()),
                new Row("force", "OPERATOR only", "GRACE", () -> forced()),
                new Row("beats", "1 to 10000", "0", () -> new RecordBeats(List.of())),
                new Row("clusters of beats", "2 to 2", "1", () -> beats(2)),
                new Row("reason", "1 to 512", "0", () -> new Pause(Reach.ALL, "")),
                new Row("plan", "letters", "a b", () -> new PlanId("a b")),
                new Row("lag millis", "0 or more", "-1", () -> beat(0, -1, 0)),
                new Row("incarnation", "0 or more", "-1", () -> beat(-1, 0, 0)),
                new Row("seen at", "0 or more", "-1", () -> beat(0, 0, -1)),
                new Row("primary epoch", "1 or", "0", () -> new RoleMove.Vacated(0)),
                new Row("tiers.primary", "different", "a,a", () -> tier("a,a")),
                new Row("cluster", "letters", "a/b", () -> tier("a/b")),
                new Row("region", "128", "x", () -> profile(huge, "", 0)),
                new Row("endpoint", "256", "x", () -> profile("", huge, 0)),
                new Row("actor", "512", "x", () -> new Origin(huge, "", "")),
                new Row("reason", "512", "x", () -> new Origin("", huge, "")),
                new Row("request id", "512", "x", () -> new Origin("", "", huge)),
                new Row("changes", "1 to 100", "0", () -> new PutConfig(Map.of(), 0)),
                new Row("value", "0 to 8000", "8400", () -> putHuge(huge)),
                new Row("setting", "1 to 128", "600", () -> new PutConfig(Map.of(huge, "1"), 0)),
                new Row("incarnation", "1 to 64", "0", () -> admit("")),
                new Row("incarnation", "1 to 64", "600", () -> admit(huge)));
    }

    @ParameterizedTest
    @MethodSource({"routing", "migrations", "names", "numbers", "others", "replay"})
    void isSaidWithFieldExpectedAndFound(Row row) {
        Throwable thrown = catchThrowable(row.make());
        assertThat(thrown).isInstanceOf(MalformedException.class);
        var said = ((MalformedException) thrown).expectation();
        assertThat(said.field()).contains(row.field());
        assertThat(said.expected()).contains(row.expected());
        assertThat(said.found()).contains(row.found());
        assertThat(thrown.getMessage()).contains(row.field()).hasSizeLessThan(300);
    }

    @Test
    void theLongestNamesAreTaken() {
        assertThat(new GrainType("é".repeat(64)).name()).hasSize(64);
        assertThat(GrainId.of("t", "k".repeat(512)).key()).hasSize(512);
        assertThat(GrainId.of("t", "🌾".repeat(128)).key()).hasSize(256);
        assertThat(new ClusterId("c".repeat(64)).value()).hasSize(64);
    }

    @Test
    void aSettingOfClustersIsWrittenAsItIsRead() {
        assertThat(tier("b, a").toString()).isEqualTo("b,a");
        assertThat(tier("").toString()).isEmpty();
        assertThat(tier(" ")).isEqualTo(Setting.PRIMARY_TIER.defaultValue());
    }

    @Test
    void aKeyMayHaveSlashesAndTheFirstOneDivides() {
        assertThat(GrainId.parse("a/b/c")).isEqualTo(GrainId.of("a", "b/c"));
        assertThat(GrainId.parse("a/b/c").toString()).isEqualTo("a/b/c");
        assertThat(GrainId.parse("a//")).isEqualTo(GrainId.of("a", "/"));
    }

    @Test
    void aCommandOfANewerVersionIsNotGuessed() {
        UnknownFieldSet.Field newer =
                UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFromUtf8("new"))
                        .build();
        Command unset = Command.getDefaultInstance();
        Command unknown =
                Command.newBuilder()
                        .setUnknownFields(UnknownFieldSet.newBuilder().addField(900, newer).build())
                        .build();
        for (Command command : new Command[] {unset, unknown}) {
            assertThat(field(() -> CommandCodec.decode(command))).isEqualTo("command");
        }
        assertThat(field(() -> EventCodec.decode(io.staddle.api.v1.EventBody.newBuilder().build())))
                .isEqualTo("event");
    }

    @Test
    void aStateOfANewerVersionIsNotGuessed() {
        var newer =
                io.staddle.api.v1.RegisterCluster.newBuilder().setId("a").setStateValue(99).build();
        Command command = Command.newBuilder().setRegisterCluster(newer).build();
        assertThat(field(() -> CommandCodec.decode(command))).isEqualTo("cluster state");
    }

    @Test
    void anEmptyMessageOfEveryCommandIsMalformed() {
        for (var field : Command.getDescriptor().getOneofs().getFirst().getFields()) {
            Command.Builder empty = Command.newBuilder();
            empty.setField(field, empty.newBuilderForField(field).build());
            assertThat(catchThrowable(() -> CommandCodec.decode(empty.build())))
                    .as(field.getName())
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aGrainFromTheWireIsChecked() {
        Grain slash = Grain.newBuilder().setType("a/b").setKey("c").build();
        assertThat(field(() -> ModelCodec.decode(slash))).isEqualTo("grain type");
    }

    private static String field(ThrowingCallable decode) {
        Throwable thrown = catchThrowable(decode);
        assertThat(thrown).isInstanceOf(MalformedException.class);
        return ((MalformedException) thrown).expectation().field();
    }

    private static ClusterProfile profile(String region, String endpoint, int tier) {
        return new ClusterProfile(region, endpoint, tier, false);
    }

    private static Append append(int count, ReplayWrite write) {
        return new Append(A, Collections.nCopies(count, write));
    }

    private static Acknowledge acknowledge(long throughSeq) {
        return new Acknowledge(A, throughSeq, new ConsumerId("c"));
    }

    private static PutConfig putHuge(String part) {
        return new PutConfig(Map.of("k", part.repeat(14)), 0);
    }

    private static FailOver forced() {
        return new FailOver(
                new MoveId("m"),
                A,
                Fence.NONE,
                FailoverCause.GRACE,
                true,
                new Successor.ByPlacement(),
                PlanId.NONE);
    }

    private static Beat beat(long incarnation, long lag, long seenAt) {
        return new Beat(A, incarnation, Fence.NONE, OptionalLong.of(lag), seenAt);
    }

    private static RecordBeats beats(int count) {
        return new RecordBeats(Collections.nCopies(count, beat(0, 0, 0)));
    }

    private static SettingValue tier(String text) {
        return Setting.PRIMARY_TIER.parse(text);
    }

    private static Register register() {
        return new Register(A, profile("", "", 0), ClusterState.FAILED);
    }

    private static MemberRecord member(int priority) {
        return new MemberRecord(new ServerId("s"), true, priority);
    }

    private static AdmitServer admit(String incarnation) {
        return new AdmitServer(new ServerId("s"), incarnation);
    }

    private static NodeCommand register(long incarnation) {
        return new RegisterNode(N, new NodeAddress("h", 1), incarnation);
    }

    private static NodeCommand joining() {
        return new SetNodeState(N, NodeState.JOINING, 1);
    }

    private static RoutingLayout layout(int vShards, int groups, int factor, int nodes) {
        return new RoutingLayout(vShards, groups, factor, Collections.nCopies(nodes, N));
    }

    private static MigrationCommand migrate(long incarnation, long budget) {
        return new StartMigration(MIG, V, N, incarnation, budget, false, Epoch.NONE);
    }

    private static MigrationCommand progress(long source, long target, long pause) {
        return new ReportProgress(MIG, 1, 1, source, target, pause);
    }

    private static MigrationCommand step(MigrationPhase to, int bytes) {
        return new CheckpointMigration(MIG, to, ByteString.copyFrom(new byte[bytes]), 0, 1);
    }

    private static MigrationCommand abort(String reason) {
        return new AbortMigration(MIG, AbortCode.OPERATOR, reason, 1);
    }
}
