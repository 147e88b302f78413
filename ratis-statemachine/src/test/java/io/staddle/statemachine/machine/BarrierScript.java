package io.staddle.statemachine.machine;

import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.Command;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Vote;
import io.staddle.api.model.WatermarkPolicy;
import io.staddle.statemachine.state.Barriers;
import io.staddle.storage.Reads;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The part of [Script] about barriers.
///
/// ```
/// scope S hold|ignore [solo] [seen V]        coordinate S n [inc I] [lease MS]
/// resign S [token T]                         begin S C a,b:2|none [token T] [timeout MS] [epoch E]
/// vote S/E n ok [WATERMARK] [inc I]          vote S/E n fail CODE [inc I]
/// commit S/E [token T]                       cancel S/E [token T|operator]
/// overdue N                                  prune N
/// ```
final class BarrierScript {
    private final String[] words;
    private final Reads view;

    BarrierScript(String[] words, Reads view) {
        this.words = words;
        this.view = view;
    }

    Command command() {
        return switch (words[0]) {
            case "scope" ->
                    new BarrierCommand.ConfigureScope(
                            new ScopeId(words[1]),
                            WatermarkPolicy.valueOf(words[2].toUpperCase(Locale.ROOT)),
                            Arrays.asList(words).contains("solo"),
                            number("seen", known(words[1]).map(BarrierScope::version).orElse(0L)));
            case "coordinate" ->
                    new BarrierCommand.AcquireCoordinator(
                            new ScopeId(words[1]),
                            new NodeId(words[2]),
                            number("inc", 1),
                            number("lease", 0));
            case "resign" ->
                    new BarrierCommand.ReleaseCoordinator(new ScopeId(words[1]), token(words[1]));
            case "begin" -> begin();
            case "vote" ->
                    new BarrierCommand.AckBarrier(
                            id(), new NodeId(words[2]), number("inc", 1), vote());
            case "commit" -> new BarrierCommand.CommitBarrier(id(), token(id().scope().value()));
            case "cancel" ->
                    new BarrierCommand.AbortBarrier(id(), token(id().scope().value()), "drill");
            case "overdue" -> new BarrierCommand.ExpireBarriers(Integer.parseInt(words[1]));
            default -> new BarrierCommand.PruneBarriers(Integer.parseInt(words[1]));
        };
    }

    private Command begin() {
        List<Participation> participants =
                words[3].equals("none")
                        ? List.of()
                        : Stream.of(words[3].split(",", -1)).map(BarrierScript::fresh).toList();
        return new BarrierCommand.BeginBarrier(
                new ScopeId(words[1]),
                token(words[1]),
                new CheckpointId(words[2]),
                participants,
                number("timeout", 0),
                number("epoch", 0));
    }

    private static Participation fresh(String word) {
        String[] parts = word.split(":", 2);
        return Participation.of(
                new NodeId(parts[0]), parts.length == 2 ? Long.parseLong(parts[1]) : 1);
    }

    private Vote vote() {
        if (words[3].equals("fail")) {
            return new Vote.Failed(words[4], "drill");
        }
        return new Vote.Prepared(
                words.length > 4 && words[4].matches("-?[0-9]+")
                        ? OptionalLong.of(Long.parseLong(words[4]))
                        : OptionalLong.empty());
    }

    private BarrierId id() {
        String[] parts = words[1].split("/", 2);
        return new BarrierId(new ScopeId(parts[0]), Long.parseLong(parts[1]));
    }

    private Token token(String scope) {
        if (after("token").filter("operator"::equals).isPresent()) {
            return Token.NONE;
        }
        long current = known(scope).map(each -> each.coordinator().token().value()).orElse(1L);
        return new Token(number("token", current));
    }

    private Optional<BarrierScope> known(String scope) {
        return Barriers.scope(new ScopeId(scope), view);
    }

    private long number(String word, long otherwise) {
        return after(word).map(Long::parseLong).orElse(otherwise);
    }

    private Optional<String> after(String word) {
        int at = Arrays.asList(words).indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(words[at + 1]);
    }
}
