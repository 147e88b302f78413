package io.staddle.server.console;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;

import io.netty.util.NetUtil;
import io.staddle.server.access.HttpGate;
import io.staddle.server.config.ServerConfig;

import java.util.Locale;
import java.util.Optional;

/// Decides whether a page may change something: only a page of this console, only where that was
/// allowed, and only with a name and a reason.
///
/// The browser of an operator is also open to pages of others. What they send carries another
/// origin, or no header of ours, which no page may add for another origin. And a name that somebody
/// has made to lead here is none of ours.
final class Guard {
    static final String HEADER = HttpGate.CONSOLE_HEADER;

    private final ServerConfig config;

    Guard(ServerConfig config) {
        this.config = config;
    }

    /// Returns what speaks against a change that a page asks for.
    Optional<String> objection(RequestHeaders headers) {
        String host = headers.authority() == null ? "" : headers.authority();
        String origin = headers.get(HttpHeaderNames.ORIGIN, "");
        String site = headers.get(HttpHeaderNames.SEC_FETCH_SITE, "same-origin");
        if (!config.consoleOperates()) {
            return Optional.of(
                    "this console only shows. Use the CLI, or set console.operate: true for"
                            + " server "
                            + config.server());
        }
        if (!origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            return Optional.of("origin must be that of the console, " + host + ", is " + origin);
        }
        if (!site.equals("same-origin") || !headers.contains(HEADER)) {
            return Optional.of("only pages of the console change anything, with " + HEADER);
        }
        if (!isOurs(hostname(host))) {
            return Optional.of(
                    "host must be an address, localhost or the name of a server, is " + host);
        }
        return Optional.empty();
    }

    /// Returns what speaks against the body of such a change.
    ///
    /// @param method that is called with it
    static Optional<String> objection(String body, String method) {
        Optional<Struct> object = Json.object(body);
        if (object.isEmpty()) {
            return Optional.of("the body must be an object of JSON");
        }
        if (!Methods.isRecorded(method)) {
            return Optional.empty();
        }
        Struct origin = field(object.get(), "origin").getStructValue();
        for (String key : new String[] {"actor", "reason"}) {
            if (field(origin, key).getStringValue().isBlank()) {
                return Optional.of("origin." + key + " must say who does this and why");
            }
        }
        boolean missing =
                Methods.isPlanned(method) && field(object.get(), "plan").getStringValue().isBlank();
        return missing ? Optional.of("plan must name the plan that was shown") : Optional.empty();
    }

    private static Value field(Struct object, String key) {
        return object.getFieldsOrDefault(key, Value.getDefaultInstance());
    }

    private boolean isOurs(String host) {
        return host.equals("localhost")
                || NetUtil.isValidIpV4Address(host)
                || NetUtil.isValidIpV6Address(host)
                || config.servers().stream()
                        .anyMatch(each -> each.api().host().equalsIgnoreCase(host));
    }

    /// Returns the host without port and brackets.
    private static String hostname(String authority) {
        int colon = authority.lastIndexOf(':');
        String host =
                colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT);
    }
}
