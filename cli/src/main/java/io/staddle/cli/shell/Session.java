package io.staddle.cli.shell;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.OutcomeCodec;
import io.staddle.api.query.Moment;
import io.staddle.api.refusal.Refusal;
import io.staddle.cli.output.Ink;
import io.staddle.cli.output.Output;
import io.staddle.client.AccessAdmin;
import io.staddle.client.BarrierAdmin;
import io.staddle.client.CallOptions;
import io.staddle.client.ClusterAdmin;
import io.staddle.client.EventLog;
import io.staddle.client.GrainDirectory;
import io.staddle.client.MigrationAdmin;
import io.staddle.client.ReplayQueues;
import io.staddle.client.Result;
import io.staddle.client.RoutingAdmin;
import io.staddle.client.ServerAdmin;
import io.staddle.client.StaddleClient;

import java.util.Optional;
import java.util.function.Function;

/// One run of a verb: where its answer goes, and a client that is connected when first used.
public final class Session implements AutoCloseable {
    private final Shell shell;
    private final Globals globals;
    private final Output output;
    private final Ink ink;
    private Optional<StaddleClient> client = Optional.empty();
    private Optional<Moment> moment = Optional.empty();

    /// Creates it. It connects when a client is first needed.
    public Session(Shell shell, Globals globals) {
        this.shell = shell;
        this.globals = globals;
        boolean colours = !globals.noColor() && shell.variable("NO_COLOR").isEmpty();
        this.output =
                new Output(
                        shell.out(), globals.format(), new Ink(colours && shell.terminals().out()));
        this.ink = new Ink(colours && shell.terminals().err());
    }

    /// Returns the shell that the CLI was started in.
    public Shell shell() {
        return shell;
    }

    /// Returns the global options.
    public Globals globals() {
        return globals;
    }

    /// Returns where answers go.
    public Output output() {
        return output;
    }

    /// Returns the colours of the talk.
    public Ink ink() {
        return ink;
    }

    /// Says something that is not the answer.
    public void say(String line) {
        shell.say(line);
    }

    /// Returns the grains.
    public GrainDirectory grains() {
        return client().grains(options());
    }

    /// Returns the clusters.
    public ClusterAdmin clusters() {
        return client().clusters(options());
    }

    /// Returns the replay queues.
    public ReplayQueues replay() {
        return client().replay(options());
    }

    /// Returns data nodes, groups and vShards.
    public RoutingAdmin routing() {
        return client().routing(options());
    }

    /// Returns the migrations.
    public MigrationAdmin migrations() {
        return client().migrations(options());
    }

    /// Returns scopes and their barriers.
    public BarrierAdmin barriers() {
        return client().barriers(options());
    }

    /// Returns history.
    public EventLog events() {
        return client().events(options());
    }

    /// Returns the servers.
    public ServerAdmin servers() {
        return client().servers(options());
    }

    /// Returns who may do what.
    public AccessAdmin access() {
        return client().access(options());
    }

    /// Returns the reason that was given for something that cannot be taken back.
    ///
    /// @param what such as `aborting a migration`
    /// @throws CliException if there is none
    public String reasonFor(String what) {
        String reason = globals.reason();
        if (reason.isBlank()) {
            throw CliException.usage(what + " needs a reason", "Add --reason TEXT.");
        }
        return reason;
    }

    /// Returns what holds for every call of this session.
    public CallOptions options() {
        CallOptions options = client().options().because(globals.reason());
        return moment.map(options::asOf).orElse(options);
    }

    /// Lets the questions from now on be about a state of the past.
    void goTo(Moment then) {
        moment = Optional.of(then);
    }

    /// Shows how a command ended, as the outcome that the API has for it.
    ///
    /// @param answer the answer as the API has it
    /// @param words what to tell people when it was done
    public <T> ExitCode conclude(
            Result<T> result,
            Function<T, ? extends Answer> answer,
            Function<Result.Done<T>, String> words) {
        return switch (result) {
            case Result.Done<T> done -> {
                Outcome outcome = new Outcome.Done(done.revision(), answer.apply(done.value()));
                output.show(OutcomeCodec.encode(outcome), () -> words.apply(done));
                yield ExitCode.DONE;
            }
            case Result.Refused<T> refused -> {
                if (!output.isTable()) {
                    Outcome outcome = new Outcome.Refused(refused.revision(), refused.why());
                    output.show(OutcomeCodec.encode(outcome), () -> "");
                }
                yield refused(refused.why());
            }
            case Result.Unknown<T> unknown -> {
                Faults.sayUnknown(this, unknown.why());
                yield ExitCode.UNKNOWN;
            }
        };
    }

    /// Tells how commands ended that were not done.
    public ExitCode explain(Result<?> result) {
        return switch (result) {
            case Result.Done<?> _ -> ExitCode.DONE;
            case Result.Refused<?> refused -> refused(refused.why());
            case Result.Unknown<?> unknown -> {
                Faults.sayUnknown(this, unknown.why());
                yield ExitCode.UNKNOWN;
            }
        };
    }

    /// Tells why Staddle refused, and what to do next.
    public ExitCode refused(Refusal why) {
        Faults.sayRefused(this, why);
        return ExitCode.REFUSED;
    }

    @Override
    public void close() {
        client.ifPresent(StaddleClient::close);
        shell.out().flush();
        shell.err().flush();
    }

    private StaddleClient client() {
        if (client.isEmpty()) {
            client =
                    Optional.of(
                            Credentials.of(globals, shell)
                                    .give(StaddleClient.builder())
                                    .endpoints(globals.endpoints())
                                    .deadline(globals.timeout())
                                    .actor(globals.actor())
                                    .build());
        }
        return client.get();
    }
}
