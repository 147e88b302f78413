package io.staddle.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.api.answer.Outcome;
import io.staddle.api.v1.CommandTrace;
import io.staddle.server.front.Fate;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.raft.PreparedCommand;
import io.staddle.server.trace.Tracing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the commands of one call are part of, as its caller says.
final class CallTraces {
    private final Tracing tracing;
    private final String ofCall;
    private final Map<Integer, String> ofCommands;

    private CallTraces(Tracing tracing, String ofCall, Map<Integer, String> ofCommands) {
        this.tracing = tracing;
        this.ofCall = ofCall;
        this.ofCommands = ofCommands;
    }

    /// Returns those of calls of which nothing is traced.
    static CallTraces none(Tracing off) {
        return new CallTraces(off, "", Map.of());
    }

    /// Returns those of the call that this thread handles.
    ///
    /// @param own of the commands that have one of their own
    static CallTraces current(Tracing tracing, List<CommandTrace> own) {
        Map<Integer, String> ofCommands = HashMap.newHashMap(own.size());
        own.forEach(each -> ofCommands.put(each.getCommand(), each.getTraceparent()));
        String header = ServiceRequestContext.current().request().headers().get("traceparent", "");
        return new CallTraces(tracing, header, ofCommands);
    }

    /// Returns the same command with its trace, which [#answered] or [#failed] ends.
    ///
    /// @param place in the call
    PreparedCommand begin(int place, PreparedCommand prepared) {
        if (!tracing.isOn()) {
            return prepared;
        }
        String name = prepared.encoded().getKindCase().name().toLowerCase(Locale.ROOT);
        return prepared.with(tracing.begin(name, ofCommands.getOrDefault(place, ofCall)));
    }

    static void answered(List<PreparedCommand> commands, List<Outcome> outcomes) {
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).trace().answered(outcomes.get(i));
        }
    }

    static void failed(List<PreparedCommand> commands, UnansweredException why) {
        for (PreparedCommand command : commands) {
            command.trace().failed(why, why.fate() == Fate.UNKNOWN);
        }
    }
}
