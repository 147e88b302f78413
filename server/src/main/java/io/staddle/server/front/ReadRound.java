package io.staddle.server.front;

import java.util.List;

/// The reads that one round of linearization serves. Rounds are told apart as objects.
final class ReadRound {
    private final List<WaitingRead> reads;

    ReadRound(List<WaitingRead> reads) {
        this.reads = reads;
    }

    List<WaitingRead> reads() {
        return reads;
    }
}
