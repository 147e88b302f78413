package io.staddle.server.grpc;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.server.config.Limits;

/// How much a page may hold. Whoever asks for more is told how much that is, and gets nothing: a
/// page that is shorter than was asked for would look like the last one.
final class PageBounds {
    private static final int ROWS_USUAL = 1_000;

    private PageBounds() {}

    /// Returns how many rows a page has: `limits.page-size` at most; 0 asks for the usual number.
    ///
    /// @param field the name in the request
    static int rows(String field, int asked, Limits limits) {
        int max = limits.pageSize();
        return of(field, asked, ROWS_USUAL, max, "0 to " + max + " (limits.page-size)");
    }

    /// Returns a bound that no setting moves; 0 asks for the usual one.
    static int fixed(String field, int asked, int usual, int max) {
        return of(field, asked, usual, max, "0 to " + max);
    }

    private static int of(String field, int asked, int usual, int max, String range) {
        if (asked < 0 || asked > max) {
            throw new MalformedException(new Expectation(field, range, Integer.toString(asked)));
        }
        return asked == 0 ? Math.min(usual, max) : asked;
    }
}
