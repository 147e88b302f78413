package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.command.Command;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.WriteFate;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.statemachine.balance.Trims;
import io.staddle.statemachine.clusters.MovePlans;
import io.staddle.statemachine.clusters.MovePlans.Planned;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.query.BarrierQueries;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.query.ReplayQueries;
import io.staddle.statemachine.query.RoutingQueries;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All rules, as rows: a state, a command, and the events or the refusal that are expected.
///
/// The rows are in `*.rows` beside this class. A row begins with `#` and its meaning; its steps are
/// divided by `;` or lines; a step is a command ([Script]), `silent CLUSTER` (15 s pass, and it is
/// marked suspect), `nodes N,M` (they join and become ACTIVE), `upto MIGRATION PHASE` (it goes on
/// until there), `back CLUSTER` (it beats and is readmitted), `term N` before a command of a
/// leader, `lead N` (another one leads from the next entry on), or
/// `wait MS`, `jump MS` (of the leader's clock), `phase CLUSTER`, `cluster CLUSTER`,
/// `primary`, `plan MOVE`, `? GRAIN` (who owns it), `check GRAIN CLUSTER EPOCH`, `count` (grains by
/// type and owner), `list CLUSTER`,
/// `queue CLUSTER` (where it stands, and its origins), `node N`, `vshard V`, `members GROUP`,
/// `route KEY`, `changes INDEX` (of routing since), `migration M`, `steps M`, `ghosts`,
/// `resolve V N`, `standing SCOPE`, `barrier SCOPE/EPOCH`, `all SCOPE`,
/// `balance [drain N | fill N]` (a plan: its moves, then what holds back others,
/// then what each node serves and replicates before and after), `trims` (who should go from which
/// group),
/// `peek CLUSTER [AFTER LIMIT BYTES]`. After `=>` stands what
/// is expected, or how it begins; a command without it must be accepted. `same` means
/// accepted without an event. After every step [Directory] checks what must always hold.
///
/// In `precedence.rows` a command begins with all wrong that can be; each step mends what was said,
/// until it is accepted. So a row there lists the refusals of a command in their order.
///
/// All rows are run once, before the tests, which then say what came of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RowsTest {
    private static final List<String> FILES =
            List.of(
                    "grains",
                    "quotas",
                    "clusters",
                    "health",
                    "roles",
                    "readmission",
                    "automation",
                    "plans",
                    "moves",
                    "replay",
                    "origins",
                    "nodes",
                    "routing",
                    "migrations",
                    "aborts",
                    "ghosts",
                    "balance",
                    "scopes",
                    "barriers",
                    "access",
                    "precedence");

    private static final Path BOOK = Path.of("..", "docs", "spec-tests.md");

    /// How the book names a row: its file, and how its title begins.
    private static final Pattern NAMED_ROW = Pattern.compile("`([a-z]+)\\.rows`\\s+\\*([^*]+)\\*");

    /// The default of `health.suspect-after-millis`.
    private static final long SUSPECT_AFTER = 15_000;

    private final Map<String, Set<String>> refused = new TreeMap<>();
    private final Set<String> accepted = new TreeSet<>();
    private final Set<String> refusals = new TreeSet<>();

    private final List<Ran> ran = new ArrayList<>();

    record Rows(String file, String name, List<String> steps) {}

    private record Ran(Rows row, Optional<Throwable> failure) {}

    @BeforeAll
    void runAll() {
        FILES.forEach(file -> read(file).forEach(row -> ran.add(new Ran(row, failure(row)))));
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return ran.stream()
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.row().file() + ": " + each.row().name(),
                                () -> {
                                    if (each.failure().isPresent()) {
                                        throw each.failure().get();
                                    }
                                }));
    }

    @Test
    void everyCommandAndRefusalHasARow() {
        assertThat(accepted).containsExactlyInAnyOrderElementsOf(leaves(Command.class));
        List<String> known = leaves(Refusal.class);
        // These never come from rules: MalformedInputTest, NewerRefusalTest, PastModelTest and
        // NeedsTest have their rows.
        known.removeAll(List.of("Malformed", "Unrecognised", "Trimmed", "NotYet", "Forbidden"));
        // These come from the leader, before anything is logged: MembersIT, BuildsTest.
        known.removeAll(List.of("UnsafeMembership", "ServerTooOld"));
        assertThat(refusals).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyRefusalOfEveryCommandHasARow() {
        Map<String, Set<String>> expected = new TreeMap<>();
        Resources.lines("refusals.txt").stream()
                .map(line -> line.split(" +", -1))
                .forEach(words ->
                        expected.put(
                                words[0],
                                new TreeSet<>(Arrays.asList(words).subList(1, words.length))));
        assertThat(refused).isEqualTo(expected);
    }

    @Test
    void everyRowThatTheBookNamesIsThere() throws IOException {
        Set<String> titles =
                FILES.stream()
                        .flatMap(file -> read(file).stream())
                        .map(row -> row.file() + ": " + row.name())
                        .collect(Collectors.toSet());
        List<String> named =
                NAMED_ROW
                        .matcher(Files.readString(BOOK))
                        .results()
                        .map(row -> row.group(1) + ": " + row.group(2))
                        .toList();
        assertThat(named).hasSizeGreaterThan(80);
        assertThat(named)
                .allSatisfy(name -> assertThat(titles).anyMatch(each -> each.startsWith(name)));
    }

    private Optional<Throwable> failure(Rows row) {
        try {
            run(row);
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(e);
        }
    }

    private void run(Rows row) {
        Directory directory = Directory.onHeap();
        for (String step : row.steps()) {
            String[] sides = step.split("=>", 2);
            String actual = step(sides[0].strip(), directory);
            String expected = sides.length == 2 ? sides[1].strip() : "";
            assertThat(isAsExpected(actual, expected))
                    .as(
                            "%s: %s%n  expected %s%n  was      %s",
                            row.name(), sides[0], expected, actual)
                    .isTrue();
        }
    }

    private static boolean isAsExpected(String actual, String expected) {
        if (expected.isEmpty()) {
            return !actual.matches("[A-Z]+(_[A-Z]+)* .*");
        }
        String rest = actual.startsWith(expected) ? actual.substring(expected.length()) : "?";
        return rest.isEmpty() || rest.startsWith(" ") || rest.startsWith(",");
    }

    private String step(String step, Directory directory) {
        String[] words = step.split(" +", -1);
        return switch (words[0]) {
            case "wait" -> {
                directory.advance(Long.parseLong(words[1]));
                yield "waited";
            }
            case "jump" -> {
                directory.jump(Long.parseLong(words[1]));
                yield "jumped";
            }
            case "lead" -> {
                directory.lead(Long.parseLong(words[1]));
                yield "led";
            }
            case "silent" -> {
                directory.advance(SUSPECT_AFTER);
                yield outcome("mark " + words[1] + " " + SUSPECT_AFTER, directory);
            }
            case "beat" -> {
                directory.advance(1);
                yield outcome(step, directory);
            }
            case "nodes" -> {
                for (String node : words[1].split(",", -1)) {
                    outcome("join " + node, directory);
                    outcome("state " + node + " ACTIVE", directory);
                }
                yield "joined";
            }
            case "upto" -> {
                upto(words[1], MigrationPhase.valueOf(words[2]), directory);
                yield "there";
            }
            case "back" -> {
                step("beat " + words[1], directory);
                yield outcome(readmission(words[1], directory), directory);
            }
            case "term" -> {
                Command command = parse(step.substring(step.indexOf(words[2])), directory);
                yield outcome(command, Long.parseLong(words[1]), directory);
            }
            case "plan" -> plan(step.substring(5), directory);
            case "balance" -> balance(words, directory);
            case "trims" -> trims(directory);
            default -> question(words, directory).orElseGet(() -> outcome(step, directory));
        };
    }

    /// Returns the answer to a question; empty if it is none.
    private static Optional<String> question(String[] words, Directory directory) {
        try (var view = directory.store().view()) {
            Queries queries = new Queries(view);
            return Optional.ofNullable(
                    switch (words[0]) {
                        case "?" -> Words.of(queries.lookup(GrainId.parse(words[1])));
                        case "check" -> check(queries, words);
                        case "count" -> counts(queries);
                        case "list" -> list(queries, new ClusterId(words[1]));
                        case "queue" -> queue(new ReplayQueries(view), new ClusterId(words[1]));
                        case "peek" -> peek(new ReplayQueries(view), words);
                        case "phase" -> phase(queries, new ClusterId(words[1]), directory);
                        case "cluster" ->
                                queries.cluster(new ClusterId(words[1]))
                                        .map(Words::of)
                                        .orElse("none");
                        case "primary" -> Words.of(queries.primacy());
                        default -> {
                            String routing = RoutingWords.question(words, new RoutingQueries(view));
                            if (routing != null) {
                                yield routing;
                            }
                            String barrier = BarrierWords.question(words, new BarrierQueries(view));
                            yield barrier != null
                                    ? barrier
                                    : MigrationWords.question(words, new MigrationQueries(view));
                        }
                    });
        }
    }

    /// Takes a migration through its phases as the data plane would, and the leader.
    private void upto(String id, MigrationPhase to, Directory directory) {
        while (migration(id, directory).phase() != to) {
            MigrationRecord now = migration(id, directory);
            MigrationHeader header = now.header();
            String observed = "report " + header.group() + " " + header.target() + " ";
            String observes = observed + now.stage().waiting().value();
            String progress = "progress " + id + " 100 100";
            List<String> lines =
                    switch (now.phase()) {
                        case ADD_LEARNER -> List.of(observes, "step " + id + " CATCH_UP");
                        case CATCH_UP -> List.of(progress, "step " + id + " PROMOTE_LEARNER");
                        case PROMOTE_LEARNER ->
                                List.of(observes, progress, "step " + id + " LEADERSHIP_TRANSFER");
                        case LEADERSHIP_TRANSFER -> List.of(progress, "cutover " + id);
                        case CUTOVER ->
                                List.of("fence " + id + " " + header.target(), "complete " + id);
                        case COMPLETED, ABORTED -> throw new IllegalArgumentException(id);
                    };
            lines.forEach(line -> outcome(line, directory));
            assertThat(migration(id, directory).phase()).as(id).isNotEqualTo(now.phase());
        }
    }

    private static MigrationRecord migration(String id, Directory directory) {
        try (var view = directory.store().view()) {
            return new MigrationQueries(view).migration(new MigrationId(id)).orElseThrow();
        }
    }

    private static String check(Queries queries, String[] words) {
        GrainId grain = GrainId.parse(words[1]);
        var checked = queries.checkFence(grain, new ClusterId(words[2]), Script.epoch(words[3]));
        return checked.valid() ? "valid" : "fenced";
    }

    private static Command parse(String line, Directory directory) {
        try (var view = directory.store().view()) {
            return Script.parse(line, view, directory.clockMillis());
        }
    }

    private static String readmission(String cluster, Directory directory) {
        try (var view = directory.store().view()) {
            return new Queries(view)
                    .cluster(new ClusterId(cluster))
                    .flatMap(record -> record.fencing().openFailover())
                    .map(failover -> "readmit " + cluster + " " + failover)
                    .orElseThrow();
        }
    }

    private static String phase(Queries queries, ClusterId id, Directory directory) {
        return queries.clusters(directory.clockMillis()).clusters().stream()
                .filter(each -> each.cluster().id().equals(id))
                .map(each -> Words.of(each.phase()))
                .findFirst()
                .orElseThrow();
    }

    private static String plan(String line, Directory directory) {
        try (var view = directory.store().view()) {
            OfHoldings command = (OfHoldings) Script.parse(line, view, directory.clockMillis());
            Tick now = new Tick(Revision.NONE, directory.clockMillis());
            return switch (MovePlans.plan(command, view, now)) {
                case Planned.Made(var plan) -> Words.of(plan);
                case Planned.Refused(var why) -> Words.of(why);
            };
        }
    }

    private static String balance(String[] words, Directory directory) {
        try (var view = directory.store().view()) {
            return BalanceScript.words(
                    new BalanceScript(words, view, directory.clockMillis()).plan());
        }
    }

    private static String trims(Directory directory) {
        try (var view = directory.store().view()) {
            Trims trims = new Trims(view, directory.clockMillis());
            return Stream.concat(trims.voters().stream(), trims.learners().stream())
                    .map(each -> "g" + each.group() + " " + each.node())
                    .collect(Collectors.joining(", "));
        }
    }

    private String outcome(String line, Directory directory) {
        Command command = parse(line, directory);
        return outcome(command, command.isOfLeader() ? directory.term() : 0, directory);
    }

    private String outcome(Command command, long term, Directory directory) {
        String name = command.getClass().getSimpleName();
        return switch (directory.apply(command, term)) {
            case Outcome.Refused(_, var why) -> {
                refusals.add(why.getClass().getSimpleName());
                refused.computeIfAbsent(name, _ -> new TreeSet<>()).add(RefusalText.of(why).code());
                yield Words.of(why);
            }
            case Outcome.Done(_, var answer) -> {
                accepted.add(name);
                String events =
                        directory.lastEvents().stream()
                                .map(Words::of)
                                .collect(Collectors.joining(", "));
                String fates =
                        answer instanceof Answer.Appended(_, var each) ? " " + fates(each) : "";
                yield (events.isEmpty() ? "same" : events) + fates;
            }
        };
    }

    private static List<String> fates(List<WriteFate> fates) {
        return fates.stream()
                .map(fate ->
                        switch (fate) {
                            case WriteFate.Appended(var seq) -> "#" + seq;
                            case WriteFate.Known _ -> "known";
                            case WriteFate.Settled _ -> "settled";
                        })
                .toList();
    }

    private static String queue(ReplayQueries queries, ClusterId target) {
        return queries.status(target)
                .map(status ->
                        Stream.concat(
                                        Stream.of(Words.of(status.queue())),
                                        status.origins().stream().map(Words::of))
                                .collect(Collectors.joining(", ")))
                .orElse("none");
    }

    private static String peek(ReplayQueries queries, String[] words) {
        boolean all = words.length == 2;
        return queries.peek(
                        new ClusterId(words[1]),
                        all ? 0 : Long.parseLong(words[2]),
                        all ? 1_000 : Integer.parseInt(words[3]),
                        all ? 1 << 20 : Long.parseLong(words[4]))
                .map(page ->
                        page.entries().stream().map(Words::of).collect(Collectors.joining(" ")))
                .map(entries -> entries.isEmpty() ? "nothing" : entries)
                .orElse("none");
    }

    private static String counts(Queries queries) {
        return queries.counts().stream()
                .map(count ->
                        count.type()
                                + " "
                                + count.owner().map(ClusterId::value).orElse("nobody")
                                + " "
                                + count.grains())
                .collect(Collectors.joining(", "));
    }

    private static String list(Queries queries, ClusterId owner) {
        var filter = new GrainFilter.OwnedBy(owner);
        return queries.list(filter, new byte[0], 100).items().stream()
                .map(owned -> owned.grain().toString())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static List<Rows> read(String file) {
        List<Rows> rows = new ArrayList<>();
        for (String line : Resources.lines(file + ".rows")) {
            if (line.startsWith("#")) {
                rows.add(new Rows(file, line.substring(1).strip(), new ArrayList<>()));
            } else {
                Arrays.stream(line.split(";", -1))
                        .map(String::strip)
                        .filter(step -> !step.isEmpty())
                        .forEach(rows.getLast().steps()::add);
            }
        }
        return rows;
    }

    private static List<String> leaves(Class<?> family) {
        return new ArrayList<>(
                family.isRecord()
                        ? List.of(family.getSimpleName())
                        : Arrays.stream(family.getPermittedSubclasses())
                                .flatMap(each -> leaves(each).stream())
                                .distinct()
                                .toList());
    }
}
