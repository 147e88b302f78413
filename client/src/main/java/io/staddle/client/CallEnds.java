package io.staddle.client;

/// Tells a [CallObserver] how calls end.
final class CallEnds {
    private CallEnds() {}

    /// Tells `observer` when `call` has ended.
    @SuppressWarnings("FutureReturnValueIgnored") // the caller has the future that matters
    static void observe(CallObserver observer, Pending<?, ?> call) {
        if (observer.equals(CallObserver.NONE)) {
            return;
        }
        long begun = System.nanoTime();
        CallObserver.Kind kind =
                call instanceof PendingCommand
                        ? CallObserver.Kind.COMMAND
                        : CallObserver.Kind.QUERY;
        call.future.whenComplete((value, failure) ->
                observer.ended(
                        kind,
                        failure == null ? end(value) : end(failure),
                        System.nanoTime() - begun));
    }

    private static CallObserver.End end(Object value) {
        if (value instanceof Result.Refused) {
            return CallObserver.End.REFUSED;
        }
        return value instanceof Result.Unknown
                ? CallObserver.End.UNKNOWN
                : CallObserver.End.ANSWERED;
    }

    private static CallObserver.End end(Throwable failure) {
        return failure instanceof StaddleRefusedException
                ? CallObserver.End.REFUSED
                : CallObserver.End.FAILED;
    }
}
