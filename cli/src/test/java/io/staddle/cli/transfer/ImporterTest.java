package io.staddle.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.DirectoryCommand.Import;
import io.staddle.api.command.DirectoryCommand.ImportReleased;
import io.staddle.api.command.DirectoryCommand.RaiseFloor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;
import io.staddle.cli.ScriptedShell;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.client.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class ImporterTest {
    @TempDir private Path directory = Path.of("unset");
    private final FakeDirectory grains = new FakeDirectory();
    private final ScriptedShell shell = new ScriptedShell();

    @Test
    void newAndEqualAndRefusedAndMalformedLinesAreCounted() throws IOException {
        Path file =
                write(
                        """
                        {"type":"t","key":"a","owner":"eu-1"}

                        {"type":"t","key":"a","owner":"eu-1"}
                        {"type":"t","key":"b","owner":"nobody"}
                        {"type":"t"
                        {"type":"t","key":"c","owner":"eu-1","epoch":4,"state":"released"}
                        {"type":"t","key":"d","owner":"","epoch":0,"state":"unowned"}
                        {"type":"t","epoch":9,"state":"floor"}
                        """);
        Path refused = directory.resolve("refused.ndjson");

        ExitCode code = importer(file, Optional.of(refused)).run();

        assertThat(code).isEqualTo(ExitCode.REFUSED);
        assertThat(shell.out())
                .containsPattern("new +1")
                .containsPattern("equal +1")
                .containsPattern("released \\(epoch kept\\) +1")
                .containsPattern("floors of types +1")
                .containsPattern("left out \\(never owned\\) +1")
                .containsPattern("refused NOT_FOUND +1")
                .containsPattern("malformed +1");
        assertThat(shell.err())
                .contains("NOT_FOUND line 4: there is no cluster \"nobody\"")
                .contains("malformed line 5: column 12: expected }");
        assertThat(Files.readString(refused))
                .contains(
                        "{\"type\":\"t\",\"key\":\"b\",\"owner\":\"nobody\",\"line\":4,"
                                + "\"code\":\"NOT_FOUND\"")
                .contains("\"line\":5,\"code\":\"MALFORMED\"");
    }

    @Test
    void anInterruptedImportGoesOnWhereItStoppedAndCountsOnce() throws IOException {
        int rows = 3 * ImportRun.BATCH_ROWS + 10;
        Path file = write(numbered(rows));
        Path bookmark = directory.resolve("rows.ndjson.staddle-import");
        // Batches 1 and 2 are answered; then nobody answers any more.
        grains.answersUntil(2 * ImportRun.BATCH_ROWS);

        Importer first = importer(file, Optional.empty());
        assertThatThrownBy(first::run)
                .isInstanceOf(CliException.class)
                .hasMessageContaining("no answer");
        assertThat(bookmark).exists();
        assertThat(Files.readString(bookmark)).contains("line=" + 2 * ImportRun.BATCH_ROWS);

        grains.answersUntil(Integer.MAX_VALUE);
        grains.sent.clear();
        assertThat(importer(file, Optional.empty()).run()).isEqualTo(ExitCode.DONE);

        assertThat(grains.sent).hasSize(ImportRun.BATCH_ROWS + 10);
        assertThat(shell.err()).contains("Going on after line 4,000");
        assertThat(shell.out()).contains("new    6,010").contains("equal      0");
        assertThat(bookmark).doesNotExist();
    }

    @Test
    void aChangedFileIsImportedFromItsBeginning() throws IOException {
        Path file = write(numbered(2 * ImportRun.BATCH_ROWS));
        grains.answersUntil(ImportRun.BATCH_ROWS);
        assertThatThrownBy(importer(file, Optional.empty())::run).isInstanceOf(CliException.class);

        grains.answersUntil(Integer.MAX_VALUE);
        Files.writeString(file, numbered(10));
        assertThat(importer(file, Optional.empty()).run()).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).contains("equal     10");
    }

    @Test
    void csvGoesOnInTheMiddleWithItsHeader() throws IOException {
        String rows =
                IntStream.range(0, 2 * ImportRun.BATCH_ROWS)
                        .mapToObj(i -> "k" + i + ",t,eu-1\r\n")
                        .collect(Collectors.joining("", "\ufeffkey,type,owner\r\n", ""));
        Path file = Files.writeString(directory.resolve("rows.csv"), rows);
        grains.answersUntil(ImportRun.BATCH_ROWS);
        assertThatThrownBy(importer(file, Optional.empty())::run).isInstanceOf(CliException.class);

        grains.answersUntil(Integer.MAX_VALUE);
        assertThat(importer(file, Optional.empty()).run()).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).contains("new    4,000");
    }

    @Test
    void aRowWhoseAnswerWasLostIsSentAgainAndIsNewAllTheSame() throws IOException {
        grains.losesFirst = true;
        assertThat(importer(write(numbered(5)), Optional.empty()).run()).isEqualTo(ExitCode.DONE);
        assertThat(grains.sent).hasSize(6);
        assertThat(shell.out()).containsPattern("new +5").containsPattern("equal +0");
    }

    @Test
    void rowsWhoseAnswersWereLostWithAnEarlierRunAreNewAllTheSame() throws IOException {
        Path file = write(numbered(10));
        grains.answersUntil(4);
        assertThatThrownBy(importer(file, Optional.empty())::run).isInstanceOf(CliException.class);
        grains.answersUntil(Integer.MAX_VALUE);
        assertThat(importer(file, Optional.empty()).run()).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).containsPattern("new +10").containsPattern("equal +0");
    }

    @Test
    void aFloorIsSentWhenAllRowsBeforeItAreAnswered() throws IOException {
        String floor = "{\"type\":\"t\",\"epoch\":9,\"state\":\"floor\"}\n";
        grains.losesFirst = true;
        importer(write(numbered(3) + floor + numbered(2)), Optional.empty()).run();
        assertThat(grains.sent).hasSize(7);
        assertThat(grains.sent.get(4)).isInstanceOf(DirectoryCommand.RaiseFloor.class);
    }

    @Test
    void anEmptyFileSaysSo() throws IOException {
        assertThat(importer(write(""), Optional.empty()).run()).isEqualTo(ExitCode.DONE);
        assertThat(shell.err()).contains("There was no row in it");
    }

    @Test
    void theBarTellsHowLongItTakes() {
        ProgressBar bar = new ProgressBar(shell.shell(), 1_000, 0);
        assertThat(bar.line(250, 5_000, 1_000_000_000L))
                .isEqualTo("[######..................]  25 %  5,000 rows, 5,000/s, 3.0 s left");
    }

    private Importer importer(Path file, Optional<Path> refused) {
        Importer.Plan plan =
                new Importer.Plan(
                        file, Optional.empty(), Optional.empty(), refused, Optional.empty());
        return new Importer(shell.session(), grains, plan, () -> grains.index);
    }

    private Path write(String rows) throws IOException {
        return Files.writeString(directory.resolve("rows.ndjson"), rows);
    }

    private static String numbered(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "{\"type\":\"t\",\"key\":\"k" + i + "\",\"owner\":\"eu-1\"}\n")
                .collect(Collectors.joining());
    }

    /// Grants what is asked for by `eu-1`, and knows no other cluster.
    private static final class FakeDirectory implements Bulk {
        private final Map<GrainId, Answer.Grant> granted = new HashMap<>();
        private final List<DirectoryCommand> sent = new ArrayList<>();
        private int answersMax = Integer.MAX_VALUE;
        private int answers;
        private boolean losesFirst;
        private long index;

        private void answersUntil(int max) {
            answersMax = max;
        }

        @Override
        public CompletableFuture<List<Result<Answer>>> carryOut(List<DirectoryCommand> commands) {
            return CompletableFuture.completedFuture(commands.stream().map(this::answer).toList());
        }

        private Result<Answer> answer(DirectoryCommand command) {
            sent.add(command);
            Result<Answer> result = carryOut(command);
            if (answers >= answersMax || losesFirst) {
                losesFirst = false;
                return new Result.Unknown<>("it was carried out, but the answer lost");
            }
            answers++;
            return result;
        }

        private Result<Answer> carryOut(DirectoryCommand command) {
            Revision revision = new Revision(++index, 0);
            return switch (command) {
                case Acquire(var grain, var owner, _) -> grant(grain, owner, revision);
                case Import(var grain, var owner, _) -> grant(grain, owner, revision);
                case ImportReleased(var grain, _, var epoch) ->
                        new Result.Done<>(revision, new Answer.Released(grain, epoch));
                case RaiseFloor(var type, var epoch) ->
                        new Result.Done<>(revision, new Answer.Floor(type, epoch));
                case DirectoryCommand other -> throw new AssertionError(other);
            };
        }

        private Result<Answer> grant(GrainId grain, ClusterId owner, Revision revision) {
            if (!owner.value().equals("eu-1")) {
                return new Result.Refused<>(
                        revision, new Refusal.NotFound("cluster", owner.value()));
            }
            Answer.Grant grant =
                    granted.computeIfAbsent(
                            grain,
                            it ->
                                    new Answer.Grant(
                                            it, owner, new Epoch(1), Fence.NONE, revision, 0));
            return new Result.Done<>(revision, grant);
        }
    }
}
