package io.staddle.client;

/// Makes a span of each call.
interface CallSpans {
    /// Makes none, at no cost.
    CallSpans NONE =
            new CallSpans() {
                @Override
                public CallSpan begin(Pending<?, ?> call) {
                    return CallSpan.NONE;
                }

                @Override
                public CallSpans here() {
                    return this;
                }
            };

    /// Begins the span of a call, which ends with it.
    CallSpan begin(Pending<?, ?> call);

    /// Returns the same for calls that other threads make as part of what this one is at.
    CallSpans here();
}
