package io.staddle.server.events;

import io.staddle.api.v1.WatchAnswer;
import io.staddle.server.front.UnansweredException;

import java.util.concurrent.Executor;

/// The stream to one watcher. All but [#eventLoop] is called on its event loop only.
public interface Audience {
    /// The only thread that touches it.
    Executor eventLoop();

    /// Tells whether it has taken all that was sent. It may be sent a little more even so.
    boolean isReady();

    /// Sends one answer.
    void send(WatchAnswer answer);

    /// Ends it: all was said.
    void end();

    /// Ends it: this server cannot go on.
    void fail(UnansweredException why);

    /// Ends it: what was asked for can never be right.
    void refuse(String why);
}
