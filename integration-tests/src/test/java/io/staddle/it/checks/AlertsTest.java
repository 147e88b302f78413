package io.staddle.it.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.staddle.it.kit.Distribution;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The alert rules and the dashboard that are shipped.
final class AlertsTest {
    private static final Path ROOT = Distribution.root();
    private static final Path RULES = ROOT.resolve("deploy/prometheus/staddle.rules.yaml");
    private static final Path RULE_TESTS =
            ROOT.resolve("deploy/prometheus/staddle.rules.test.yaml");

    /// What is not the name of a metric in an expression: labels and names in quotes.
    private static final Pattern ASIDE =
            Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b\\w+ (by|without) \\([^)]*\\)");

    /// A word that is no function.
    private static final Pattern NAME = Pattern.compile("\\b[a-z][a-z0-9_]*\\b(?! ?\\()");

    private final MetricsPage page = MetricsPage.read();

    @Test
    void rulesAndDashboardNameOnlyMetricsThatThereAre() throws IOException {
        List<String> expressions = new ArrayList<>(dashboard());
        rules().forEach(rule -> expressions.add(text(rule, "expr")));
        Set<String> unknown = new TreeSet<>();
        for (String expression : expressions) {
            Set<String> names = names(expression);
            assertThat(names).as(expression).isNotEmpty();
            names.stream().filter(name -> !page.knows(name)).forEach(unknown::add);
        }
        // Prometheus' own: whether the last scrape worked.
        unknown.remove("up");
        assertThat(expressions).hasSizeGreaterThan(60);
        assertThat(unknown).isEmpty();
    }

    @Test
    void eachAlertHasASectionThatSaysWhatToDoAndATestThatFiresIt() throws IOException {
        String sections = Files.readString(ROOT.resolve("docs/alerts.md"));
        Set<String> fired = fired();
        for (Map<String, Object> rule : rules()) {
            String name = text(rule, "alert");
            String runbook = text(map(rule, "annotations"), "runbook");
            assertThat(runbook).isEqualTo("docs/alerts.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(sections).contains("\n## " + name + "\n").contains(text(rule, "expr") + "`");
            assertThat(fired).contains(name);
        }
        assertThat(sections.lines().filter(line -> line.startsWith("## Staddle")))
                .hasSize(rules().size());
    }

    @Test
    void eachAlertFires() throws IOException, InterruptedException {
        if (!hasPromtool()) {
            System.err.println("NOT TESTED: alerts. This machine has no promtool.");
            Assumptions.abort("this machine has no promtool");
        }
        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
        assertThat(promtool("test", "rules", RULE_TESTS.toString())).contains("SUCCESS");
    }

    private static Set<String> names(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(ASIDE.matcher(expression).replaceAll(""));
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private static List<Map<String, Object>> rules() throws IOException {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Map<String, Object> group : lists(load(RULES), "groups")) {
            rules.addAll(lists(group, "rules"));
        }
        return rules;
    }

    /// The alerts that a test expects to fire.
    private static Set<String> fired() throws IOException {
        Set<String> fired = new TreeSet<>();
        for (Map<String, Object> test : lists(load(RULE_TESTS), "tests")) {
            for (Map<String, Object> expected : lists(test, "alert_rule_test")) {
                if (!lists(expected, "exp_alerts").isEmpty()) {
                    fired.add(text(expected, "alertname"));
                }
            }
        }
        return fired;
    }

    private static List<String> dashboard() throws IOException {
        List<String> expressions = new ArrayList<>();
        String json = Files.readString(ROOT.resolve("deploy/grafana/staddle.json"));
        JsonObject dashboard = JsonParser.parseString(json).getAsJsonObject();
        for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
            if (panel.getAsJsonObject().has("targets")) {
                for (JsonElement target : panel.getAsJsonObject().getAsJsonArray("targets")) {
                    expressions.add(target.getAsJsonObject().get("expr").getAsString());
                }
            }
        }
        return expressions;
    }

    private static Map<String, Object> load(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }

    @SuppressWarnings("unchecked") // SnakeYAML makes lists of maps of them
    private static List<Map<String, Object>> lists(Map<String, Object> of, String key) {
        return (List<Map<String, Object>>) Objects.requireNonNull(of.get(key), key);
    }

    @SuppressWarnings("unchecked") // SnakeYAML makes maps by text of them
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(key), key);
    }

    private static String text(Map<String, Object> of, String key) {
        return Objects.requireNonNull(of.get(key), key).toString();
    }

    private static boolean hasPromtool() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
