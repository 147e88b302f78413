package io.staddle.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Tells a listener what its [ClusterAgent] has found out, in order, on a thread of its own: so
/// that one that blocks keeps no beat back.
final class AgentCallbacks {
    private static final Logger LOG = System.getLogger(AgentCallbacks.class.getName());
    private static final long AGAIN_MILLIS = 1_000;

    private final BlockingQueue<AgentState.Signal> signals = new LinkedBlockingQueue<>();
    private final ClusterAgentListener listener;
    private final Runnable letGo;
    private final Thread thread;
    private volatile boolean closing;

    /// Creates it; [#start] begins.
    ///
    /// @param letGo what to do when the listener has let go of everything
    AgentCallbacks(String name, ClusterAgentListener listener, Runnable letGo) {
        this.listener = listener;
        this.letGo = letGo;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void accept(AgentState.Signal signal) {
        signals.add(signal);
    }

    /// Ends when everything was told. Waits for that, unless it is the listener who calls.
    void close() {
        closing = true;
        signals.add(new AgentState.Signal.Ended());
        if (thread.equals(Thread.currentThread())) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            AgentState.Signal next = signals.take();
            while (!(next instanceof AgentState.Signal.Ended)) {
                tell(next);
                next = signals.take();
            }
        } catch (InterruptedException stop) {
            LOG.log(Level.WARNING, "the thread of the listener was interrupted, and ends");
        }
    }

    private void tell(AgentState.Signal signal) throws InterruptedException {
        while (!isTold(signal)) {
            Thread.sleep(AGAIN_MILLIS);
        }
    }

    /// Only who let go without a failure has let go. Of the rest nothing depends on it.
    private boolean isTold(AgentState.Signal signal) {
        boolean fenced = signal instanceof AgentState.Signal.Fenced;
        try {
            call(signal);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "the listener of a cluster agent failed at " + signal, failed);
            return !fenced || closing;
        }
        if (fenced) {
            letGo.run();
        }
        return true;
    }

    private void call(AgentState.Signal signal) {
        switch (signal) {
            case AgentState.Signal.Healthy(var fence) -> listener.healthy(fence);
            case AgentState.Signal.Suspect same -> listener.suspect();
            case AgentState.Signal.Fenced(var why) -> listener.fenced(why);
            case AgentState.Signal.Connection(var state) -> listener.connection(state);
            case AgentState.Signal.Ended same -> {}
        }
    }
}
