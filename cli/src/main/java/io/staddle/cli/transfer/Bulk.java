package io.staddle.cli.transfer;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.client.Result;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Carries out many commands; see [io.staddle.client.AsyncGrainDirectory#carryOut].
@FunctionalInterface
public interface Bulk {
    /// Returns as many results as commands, in their order.
    CompletableFuture<List<Result<Answer>>> carryOut(List<DirectoryCommand> commands);
}
