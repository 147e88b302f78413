package io.staddle.server.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.staddle.api.query.Consistency;
import io.staddle.api.v1.Query;
import io.staddle.api.v1.ReadBatch;
import io.staddle.api.v1.Services;
import io.staddle.server.trace.QueryTrace;
import io.staddle.server.trace.Tracing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The traces of the queries of one call.
final class QueryTraces {
    /// Those of a call of which nothing is traced.
    static final QueryTraces NONE = new QueryTraces(List.of());

    private static final Map<String, String> NAMES = names();

    private final List<QueryTrace> traced;

    /// Begins those of a call.
    @FunctionalInterface
    interface Begin {
        /// To be called on the thread that handles the call.
        QueryTraces begin(Tracing tracing, Consistency consistency);
    }

    private QueryTraces(List<QueryTrace> traced) {
        this.traced = traced;
    }

    /// Begins that of a call that is one query.
    static QueryTraces ofCall(Tracing tracing, Consistency consistency) {
        ServiceRequestContext call = ServiceRequestContext.current();
        String name = NAMES.getOrDefault(call.path(), "query");
        QueryTrace trace = tracing.begin(name, consistency, header(call));
        return trace.isTraced() ? new QueryTraces(List.of(trace)) : NONE;
    }

    /// Begins those of a call of many.
    static QueryTraces ofBatch(ReadBatch batch, Tracing tracing, Consistency consistency) {
        String ofCall = header(ServiceRequestContext.current());
        Map<Integer, String> own = HashMap.newHashMap(batch.getTracesCount());
        batch.getTracesList().forEach(each -> own.put(each.getQuery(), each.getTraceparent()));
        List<QueryTrace> traced = new ArrayList<>();
        for (int i = 0; i < batch.getQueriesCount(); i++) {
            QueryTrace trace =
                    tracing.begin(
                            name(batch.getQueries(i)), consistency, own.getOrDefault(i, ofCall));
            if (trace.isTraced()) {
                traced.add(trace);
            }
        }
        return traced.isEmpty() ? NONE : new QueryTraces(traced);
    }

    void fresh() {
        traced.forEach(QueryTrace::fresh);
    }

    void answered(long index) {
        traced.forEach(each -> each.answered(index));
    }

    void failed(Throwable why) {
        traced.forEach(each -> each.failed(why));
    }

    private static String header(ServiceRequestContext call) {
        return call.request().headers().get("traceparent", "");
    }

    private static String name(Query query) {
        return query.getKindCase().name().toLowerCase(Locale.ROOT);
    }

    /// As the client library calls them: by their requests.
    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (var service : Services.getDescriptor().getServices()) {
            for (var method : service.getMethods()) {
                names.put(
                        "/" + service.getFullName() + "/" + method.getName(),
                        method.getInputType()
                                .getName()
                                .replaceFirst("Request$", "")
                                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                                .toLowerCase(Locale.ROOT));
            }
        }
        return Map.copyOf(names);
    }
}
