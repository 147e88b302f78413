package io.staddle.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.IdentityName;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.ServerId;
import io.staddle.api.id.Token;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Identity;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.Role;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.RelayGrpc;
import io.staddle.api.v1.AccessGrpc;
import io.staddle.api.v1.BarriersGrpc;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.MigrationsGrpc;
import io.staddle.api.v1.ReplayGrpc;
import io.staddle.api.v1.RoutingGrpc;
import io.staddle.api.v1.ServersGrpc;
import io.staddle.api.v1.Services;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What each method and each command takes, over all of them.
final class NeedsTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");
    private static final GrainId CART = GrainId.parse("cart/42");
    private static final Epoch FIRST = new Epoch(1);

    private static final Principal NOBODY = new Principal.Nobody();
    private static final Principal READER = known(new Role.Reader());
    private static final Principal OWNER = known(new Role.Owner(EU));
    private static final Principal OPERATOR = known(new Role.Operator());
    private static final Principal ADMIN = known(new Role.Admin());
    private static final Principal SERVER = new Principal.Server(new ServerId("s1"));

    /// In the order of what they may do.
    private static final Map<String, Principal> ALL =
            new TreeMap<>(
                    Map.of(
                            "0 nobody", NOBODY,
                            "1 reader", READER,
                            "2 owner", OWNER,
                            "3 operator", OPERATOR,
                            "4 admin", ADMIN,
                            "5 server", SERVER));

    @Test
    void everyMethodOfEveryServiceHasARowAndNoRowIsOfNone() {
        List<String> methods =
                services()
                        .flatMap(service -> service.getMethods().stream())
                        .map(method -> method.getFullMethodName())
                        .toList();

        assertThat(new TreeSet<>(MethodNeeds.methods())).isEqualTo(new TreeSet<>(methods));
    }

    @Test
    void theServicesAboveAreAllThatThereAre() {
        List<String> declared =
                Services.getDescriptor().getServices().stream()
                        .map(service -> service.getFullName())
                        .toList();

        assertThat(services().map(ServiceDescriptor::getName).toList()).containsAll(declared);
    }

    @Test
    void aMethodWithoutARowIsNobodys() {
        assertThat(MethodNeeds.of("staddle.v1.Directory/Forget")).isEmpty();
    }

    @Test
    void whatAMethodTakesIsMetFromARoleOnAndByAllAbove() {
        assertThat(allowed("staddle.v1.Directory/Lookup")).containsExactly("1", "2", "3", "4", "5");
        assertThat(allowed("staddle.v1.Clusters/Beat")).containsExactly("2", "3", "4", "5");
        assertThat(allowed("staddle.v1.Servers/SaveBackup")).containsExactly("4", "5");
        assertThat(allowed("staddle.v1.Access/List")).containsExactly("4", "5");
        assertThat(allowed("staddle.peer.v1.Peers/ReadIndex")).containsExactly("5");
        assertThat(allowed("staddle.peer.v1.Relay/PassBeats")).containsExactly("5");
        assertThat(allowed("grpc.health.v1.Health/Check"))
                .containsExactly("0", "1", "2", "3", "4", "5");
    }

    /// What is not in this list and carries no command is a question, and takes a reader.
    @Test
    void everyMethodTakesWhatItIsToTake() {
        Map<String, String> wanted = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        for (ServiceDescriptor service : services().toList()) {
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                String name = method.getFullMethodName();
                wanted.put(name, wanted(name));
                found.put(name, String.join("", allowed(name)));
            }
        }

        assertThat(found).isEqualTo(wanted);
    }

    private static String wanted(String method) {
        String name = method.replaceFirst("^staddle\\.v1\\.", "");
        return switch (name) {
            case "Clusters/Beat", "Clusters/KeepBeating", "Routing/BeatNode" -> "2345";
            case "Servers/TransferLeadership",
                    "Servers/Snapshot",
                    "Servers/SaveBackup",
                    "Servers/ChangeMembers",
                    "Access/List" ->
                    "45";
            case String peers when peers.startsWith("staddle.peer.v1.") -> "5";
            case String health when health.startsWith("grpc.health.v1.") -> "012345";
            case String _ -> "12345";
        };
    }

    @Test
    void nobodyMayCallNothingButHealth() {
        assertThat(MethodNeeds.methods())
                .filteredOn(method -> MethodNeeds.of(method).orElseThrow().isMetBy(NOBODY))
                .allMatch(method -> method.startsWith("grpc.health.v1.Health/"));
    }

    @Test
    void aBeatIsForTheClusterThatItNames() {
        Need need =
                MethodNeeds.ofRequest(BeatRequest.newBuilder().setCluster("us").build())
                        .orElseThrow();

        assertThat(need.isMetBy(OWNER)).isFalse();
        assertThat(need.isMetBy(known(new Role.Owner(US)))).isTrue();
        assertThat(need.isMetBy(OPERATOR)).isTrue();
    }

    static Stream<Row> rows() {
        Identity identity = ((Principal.Known) READER).identity();
        return Stream.of(
                new Row(new DirectoryCommand.Acquire(CART, EU, 0), "2345"),
                new Row(new DirectoryCommand.Acquire(CART, US, 0), "345"),
                new Row(new DirectoryCommand.Claim(CART, US, FIRST), "345"),
                new Row(new DirectoryCommand.Release(CART, EU, FIRST), "2345"),
                new Row(new DirectoryCommand.Release(CART, US, FIRST), "345"),
                new Row(new DirectoryCommand.Renew(CART, US, FIRST, 1), "345"),
                new Row(promote(EU, US, Takeover.FROM_FAILED_OWNER), "2345"),
                new Row(promote(EU, US, Takeover.FROM_LIVE_OWNER), "345"),
                new Row(promote(US, EU, Takeover.FROM_LIVE_OWNER), "2345"),
                new Row(new DirectoryCommand.Reassign(CART, EU, FIRST), "345"),
                new Row(new DirectoryCommand.ExpireLeases(1), "5"),
                new Row(new ClusterCommand.Remove(EU, 1, false), "345"),
                new Row(new HealthCommand.Drain(EU, 1), "345"),
                new Row(new ReplayCommand.Settle(US, EU, 1), "2345"),
                new Row(new ReplayCommand.Settle(EU, US, 1), "345"),
                new Row(new ReplayCommand.Acknowledge(EU, 1, new ConsumerId("c")), "2345"),
                new Row(new ReplayCommand.Acknowledge(US, 1, new ConsumerId("c")), "345"),
                new Row(abort(new Token(3)), "2345"),
                new Row(abort(Token.NONE), "345"),
                new Row(new AdminCommand.RaiseFeatureLevel(5), "45"),
                new Row(new AdminCommand.AdmitServer(new ServerId("s1"), "i"), "5"),
                new Row(
                        new AdminCommand.NoteMembers(
                                List.of(new MemberRecord(new ServerId("s1"), true, 0))),
                        "5"),
                new Row(new AccessCommand.CreateIdentity(identity), "45"),
                new Row(new AccessCommand.RevokeIdentity(identity.name()), "45"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aCommandIsCarriedOutForWhoMayAskForIt(Row row) {
        Need need = CommandNeeds.of(row.command());

        assertThat(String.join("", allowed(need))).isEqualTo(row.allowed());
    }

    @Test
    void whoIsProvedIsRecordedAndWhatTheyCallThemselvesBesides() {
        var said = new io.staddle.api.model.Origin("bob", "drill", "r1");

        assertThat(ADMIN.vouch(said).actor()).isEqualTo("someone (as bob)");
        assertThat(ADMIN.vouch(said).reason()).isEqualTo("drill");
        assertThat(ADMIN.vouch(io.staddle.api.model.Origin.NONE).actor()).isEqualTo("someone");
        assertThat(NOBODY.vouch(said)).isEqualTo(said);
        assertThat(SERVER.vouch(said).actor()).isEqualTo("staddle/s1 (as bob)");
    }

    record Row(Command command, String allowed) {}

    private static Command promote(ClusterId to, ClusterId from, Takeover takeover) {
        return new DirectoryCommand.Promote(CART, to, from, FIRST, takeover);
    }

    private static Command abort(Token token) {
        return new BarrierCommand.AbortBarrier(
                new BarrierId(new ScopeId("job"), 1), token, "drill");
    }

    private static List<String> allowed(String method) {
        return allowed(MethodNeeds.of(method).orElseThrow());
    }

    private static List<String> allowed(Need need) {
        return ALL.entrySet().stream()
                .filter(each -> need.isMetBy(each.getValue()))
                .map(each -> each.getKey().substring(0, 1))
                .toList();
    }

    private static Principal known(Role role) {
        return new Principal.Known(
                new Identity(
                        new IdentityName("someone"),
                        new Credential.Certificate(),
                        0,
                        List.of(role)));
    }

    private static Stream<ServiceDescriptor> services() {
        return Stream.of(
                DirectoryGrpc.getServiceDescriptor(),
                ClustersGrpc.getServiceDescriptor(),
                ReplayGrpc.getServiceDescriptor(),
                RoutingGrpc.getServiceDescriptor(),
                MigrationsGrpc.getServiceDescriptor(),
                BarriersGrpc.getServiceDescriptor(),
                BatchGrpc.getServiceDescriptor(),
                EventsGrpc.getServiceDescriptor(),
                ServersGrpc.getServiceDescriptor(),
                AccessGrpc.getServiceDescriptor(),
                PeersGrpc.getServiceDescriptor(),
                RelayGrpc.getServiceDescriptor(),
                HealthGrpc.getServiceDescriptor(),
                ServerReflectionGrpc.getServiceDescriptor());
    }
}
