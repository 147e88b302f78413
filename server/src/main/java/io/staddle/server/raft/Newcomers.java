package io.staddle.server.raft;

import static io.staddle.server.raft.Objections.asRefusal;
import static io.staddle.server.raft.Objections.unsafe;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.api.refusal.Refusal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Gets to know servers that are to join, and makes their data directories known.
final class Newcomers {
    private final RaftNode node;

    /// What a server said of itself, or why it said nothing.
    private record Met(Optional<IntroduceAnswer> answer, String failure) {}

    Newcomers(RaftNode node) {
        this.node = node;
    }

    /// Answers why a server cannot join, or nothing once it is known.
    CompletableFuture<Optional<Refusal>> admit(MemberChange.Add add, Origin by) {
        return node.introduce(add.address())
                .handle((answer, why) -> new Met(Optional.ofNullable(answer), String.valueOf(why)))
                .thenCompose(met -> met(add, met, by));
    }

    private CompletableFuture<Optional<Refusal>> met(MemberChange.Add add, Met met, Origin by) {
        Optional<Refusal> objection =
                met.answer()
                        .map(answer -> stranger(add, answer))
                        .orElseGet(() -> silent(add, met.failure()));
        return objection.isPresent()
                ? CompletableFuture.completedFuture(objection)
                : makeKnown(add.server(), met.answer().orElseThrow().getIncarnation(), by)
                        .thenApply(_ -> objection);
    }

    /// Makes its data directory known. If it was in the quorum once with another one, that one does
    /// not matter any more: it was taken out.
    private CompletableFuture<?> makeKnown(ServerId server, String incarnation, Origin by) {
        Optional<String> known = node.incarnationOf(server);
        if (known.isPresent() && known.get().equals(incarnation)) {
            return CompletableFuture.completedFuture(known);
        }
        AdminCommand command =
                known.isPresent()
                        ? new AdminCommand.ReplaceServer(server, known.get(), incarnation)
                        : new AdminCommand.AdmitServer(server, incarnation);
        Proposal proposal = new Proposal(command, by);
        return node.propose(List.of(new PreparedCommand(CommandCodec.encode(proposal), proposal)));
    }

    /// It must be the one that is meant, in no other quorum, and know what is in force.
    private Optional<Refusal> stranger(MemberChange.Add add, IntroduceAnswer answer) {
        if (!answer.getServer().equals(add.server().value())) {
            return asRefusal(
                    unsafe(
                            add,
                            "at %s there is server %s"
                                    .formatted(add.address().api(), answer.getServer()),
                            "Correct the name or the address."));
        }
        if (answer.getMember()) {
            return asRefusal(
                    unsafe(
                            add,
                            "it is in a quorum of its own, as it knows",
                            "If it was in this one once, give it an empty directory: staddle server"
                                    + " format."));
        }
        int inForce = node.featureLevel();
        return answer.getNewestLevel() < inForce
                ? Optional.of(
                        new Refusal.ServerTooOld(
                                add.server().value(), inForce, answer.getNewestLevel()))
                : Optional.empty();
    }

    private static Optional<Refusal> silent(MemberChange.Add add, String failure) {
        return asRefusal(
                unsafe(
                        add,
                        "at %s it does not answer: %s".formatted(add.address().api(), failure),
                        "Start it with a configuration that names the others, too: staddle server"
                                + " format, then staddle server run. With TLS it needs certificates"
                                + " of the servers' authority: staddle certs server."));
    }
}
