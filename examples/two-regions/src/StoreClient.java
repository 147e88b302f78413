import io.staddle.client.GrainToken;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The store as a silo sees it: every request shows the token of the grain. For one thread.
final class StoreClient {
    private final LineClient line;
    private final String silo;

    StoreClient(Path directory, String silo) {
        this.line = new LineClient(directory.resolve("store.port"));
        this.silo = silo;
    }

    /// Begins to serve a grain: from now on the store refuses all that is older than this token.
    /// Returns the value of the grain; empty if the token itself is too old.
    ///
    /// A new owner does this before it reads: else a write of the one before could still come in
    /// after what it has read.
    OptionalLong open(GrainToken token) throws IOException {
        return ask("open", token, 0);
    }

    /// Sets the value of a grain, and says whether the store took it.
    ///
    /// @throws IOException if nobody knows: the value is written or not
    boolean write(GrainToken token, long value) throws IOException {
        return ask("write", token, value).isPresent();
    }

    private OptionalLong ask(String verb, GrainToken token, long value) throws IOException {
        String request =
                "%s %s %d %s %d %s %d"
                        .formatted(
                                verb,
                                token.grain(),
                                token.epoch().value(),
                                token.owner(),
                                token.fence().value(),
                                silo,
                                value);
        String answer = line.ask(request);
        return answer.startsWith("done ")
                ? OptionalLong.of(Long.parseLong(answer.substring("done ".length())))
                : OptionalLong.empty();
    }
}
