package io.staddle.it.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.config.ConfigFile;
import io.staddle.server.config.ServerConfig;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The manifests for Kubernetes, against the configuration that servers read. That their probes are
/// answered is in `HealthAndMetricsIT`.
final class KubernetesTest {
    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "staddle");

    private final Manifest set = Manifest.of("statefulset.yaml").at("spec");
    private final Manifest pod = set.at("template", "spec");
    private final Manifest server = pod.at("containers").named("staddle");
    private final Manifest format = pod.at("initContainers").named("format");

    @Test
    void eachPodIsOneOfTheServersByTheNamesThatTheHeadlessServiceGives() {
        int replicas = Integer.parseInt(set.at("replicas").text());
        String domain = "." + set.at("serviceName").text() + "." + namespace() + ".svc";
        for (int i = 0; i < replicas; i++) {
            String name = Manifest.of("statefulset.yaml").at("metadata", "name").text() + "-" + i;
            ServerConfig config = config(name);
            assertThat(config.servers()).hasSize(replicas);
            assertThat(config.self().api().host()).isEqualTo(name + domain);
            assertThat(config.self().raft().host()).isEqualTo(name + domain);
        }
        Manifest headless = service(set.at("serviceName").text());
        assertThat(headless.at("clusterIP").text()).isEqualTo("None");
        assertThat(headless.at("publishNotReadyAddresses").text()).isEqualTo("true");
        assertThat(set.at("podManagementPolicy").text()).isEqualTo("Parallel");
    }

    @Test
    void portsAreThoseOfTheConfiguration() {
        ServerConfig config = config("staddle-0");
        assertThat(port(server, "api")).isEqualTo(config.api().port());
        assertThat(port(server, "raft")).isEqualTo(config.raft().port());
        assertThat(config.self().api().port()).isEqualTo(config.api().port());
        assertThat(config.self().raft().port()).isEqualTo(config.raft().port());
        assertThat(config.api().host()).isEqualTo("0.0.0.0");
        assertThat(config.raft().host()).isEqualTo("0.0.0.0");
        for (Manifest service : Manifest.all("services.yaml")) {
            for (Manifest port : service.at("spec", "ports").list()) {
                String name = port.at("targetPort").text();
                assertThat(port.at("name").text()).isEqualTo(name);
                assertThat(port.at("port").text()).isEqualTo("" + port(server, name));
            }
        }
        assertThat(set.at("template", "metadata", "annotations", "prometheus.io/port").text())
                .isEqualTo("" + config.api().port());
    }

    @Test
    void filesAreWhereTheServersLookForThem() {
        String folder = mount(server, "configuration");
        String file = folder + "/" + Manifest.file("staddle.yaml").getFileName();
        List<String> start = List.of("server", "run", "--config", file);
        assertThat(server.at("args").list()).extracting(Manifest::text).isEqualTo(start);
        Path data = config("staddle-0").data();
        assertThat(data).hasParentRaw(Path.of(mount(server, "data")));
        assertThat(format.at("command").text())
                .contains("-e " + data + "/identity")
                .contains("server format --config " + file);
        assertThat(set.at("volumeClaimTemplates").list().getFirst().at("metadata", "name").text())
                .isEqualTo("data");
        Manifest configMap =
                Manifest.of("kustomization.yaml").at("configMapGenerator").named("staddle");
        assertThat(configMap.at("files").text()).isEqualTo("[staddle.yaml]");
        assertThat(pod.at("volumes").named("configuration").at("configMap", "name").text())
                .isEqualTo("staddle");
    }

    @Test
    void everythingSelectsTheServersAndNothingElse() {
        assertThat(set.at("template", "metadata", "labels").text()).isEqualTo(LABELS.toString());
        assertThat(set.at("selector", "matchLabels").text()).isEqualTo(LABELS.toString());
        for (Manifest service : Manifest.all("services.yaml")) {
            assertThat(service.at("spec", "selector").text()).isEqualTo(LABELS.toString());
        }
        Manifest budget = Manifest.of("disruption-budget.yaml").at("spec");
        assertThat(budget.at("selector", "matchLabels").text()).isEqualTo(LABELS.toString());
        assertThat(budget.at("maxUnavailable").text()).isEqualTo("1");
        Manifest policy = Manifest.of("network-policy.yaml").at("spec");
        assertThat(policy.at("podSelector", "matchLabels").text()).isEqualTo(LABELS.toString());
    }

    @Test
    void eachFileIsAppliedAndNoVariableIsTakenForAKey() {
        for (Manifest resource : Manifest.of("kustomization.yaml").at("resources").list()) {
            assertThat(Files.isRegularFile(Manifest.file(resource.text()))).isTrue();
            assertThat(Manifest.of(resource.text()).keys()).contains("apiVersion", "kind");
        }
        // Else there would be a variable STADDLE_SERVERS_SERVICE_HOST, which is no key.
        assertThat(pod.at("enableServiceLinks").text()).isEqualTo("false");
        assertThat(server.at("env").list().getFirst().at("name").text())
                .isEqualTo("STADDLE_SERVER");
    }

    private static ServerConfig config(String server) {
        return ConfigFile.read(Manifest.file("staddle.yaml"), Map.of("STADDLE_SERVER", server));
    }

    private static String namespace() {
        String name = Manifest.of("kustomization.yaml").at("namespace").text();
        assertThat(Manifest.of("namespace.yaml").at("metadata", "name").text()).isEqualTo(name);
        return name;
    }

    private static Manifest service(String name) {
        return Manifest.all("services.yaml").stream()
                .filter(each -> each.at("metadata", "name").text().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service " + name))
                .at("spec");
    }

    private static int port(Manifest container, String name) {
        return Integer.parseInt(container.at("ports").named(name).at("containerPort").text());
    }

    private static String mount(Manifest container, String name) {
        return container.at("volumeMounts").named(name).at("mountPath").text();
    }
}
