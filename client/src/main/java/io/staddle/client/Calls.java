package io.staddle.client;

import com.google.protobuf.ByteString;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Config;
import io.staddle.api.model.Move;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Placement;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.FenceCheck;
import io.staddle.api.query.GrainCount;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.query.HoldingCount;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The calls of one view, with its options.
final class Calls {
    private final Core core;
    private final CallOptions options;

    Calls(Core core, CallOptions options) {
        this.core = core;
        this.options = options;
    }

    Calls waitingForRoom() {
        return new Calls(core, options);
    }

    List<Endpoint> endpoints() {
        return core.settings().endpoints();
    }

    <T> T await(CompletableFuture<T> call) {
        return call.join();
    }

    CompletableFuture<Result<Answer.Grant>> grant(DirectoryCommand command) {
        return command(command, Answer.Grant.class::cast);
    }

    <T> CompletableFuture<Result<T>> command(Command command, Function<Answer, T> view) {
        throw later();
    }

    CompletableFuture<List<Result<Answer>>> bulk(List<? extends Command> commands) {
        throw later();
    }

    CompletableFuture<Ownership> lookup(GrainId grain) {
        throw later();
    }

    CompletableFuture<Observed<Ownership>> observe(GrainId grain, Consistency consistency) {
        throw later();
    }

    CompletableFuture<List<Observed<Ownership>>> bulkLookup(
            List<GrainId> grains, Consistency consistency) {
        throw later();
    }

    CompletableFuture<FenceCheck> checkFence(Held held) {
        throw later();
    }

    CompletableFuture<GrainPage> page(
            GrainFilter filter, ByteString token, Consistency consistency) {
        throw later();
    }

    CompletableFuture<List<GrainCount>> count(String owner, String type) {
        throw later();
    }

    CompletableFuture<List<HoldingCount>> holdings(String owner) {
        throw later();
    }

    CompletableFuture<Observed<List<ClusterSummary>>> clusters(Consistency consistency) {
        throw later();
    }

    CompletableFuture<List<Move>> moves(String cluster) {
        throw later();
    }

    CompletableFuture<List<Placement>> placements() {
        throw later();
    }

    CompletableFuture<Preview> preview(ClusterCommand.OfHoldings command) {
        throw later();
    }

    CompletableFuture<Config> config() {
        throw later();
    }

    CompletableFuture<ServerDescription> describe(Endpoint endpoint) {
        throw later();
    }

    CompletableFuture<ServerReports.Digest> digest(Endpoint endpoint, boolean verify) {
        throw later();
    }

    CompletableFuture<ServerReports.Snapshot> snapshot(Endpoint endpoint) {
        throw later();
    }

    CompletableFuture<ServerReports.Transfer> transferLeadership(String to) {
        throw later();
    }

    <T> List<ServerReply<T>> askAll(Function<Endpoint, CompletableFuture<T>> question) {
        throw later();
    }

    private static UnsupportedOperationException later() {
        return new UnsupportedOperationException("not there yet");
    }
}
