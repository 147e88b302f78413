package io.staddle.cli.shell;

import java.util.concurrent.Callable;

/// What a verb is made of. Each has its own class, with its arguments as fields.
public abstract class Verb implements Callable<Integer> {
    private final Desk desk;

    /// The shell and the global options, which all verbs share.
    public record Desk(Shell shell, Globals globals) {}

    /// Creates it.
    protected Verb(Desk desk) {
        this.desk = desk;
    }

    /// Does it. What it throws is explained to the user.
    ///
    /// @throws Exception see [Faults]
    protected abstract ExitCode run(Session session) throws Exception;

    @Override
    public final Integer call() {
        try (Session session = new Session(desk.shell(), desk.globals())) {
            try {
                return run(session).number();
            } catch (Exception fault) {
                return Faults.explain(session, fault).number();
            }
        }
    }
}
