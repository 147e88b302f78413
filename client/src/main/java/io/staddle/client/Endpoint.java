package io.staddle.client;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

import java.util.List;
import java.util.stream.Stream;

/// Where a server listens for calls.
///
/// @param host a name or an address; one of IPv6 without brackets
/// @param port 1 to 65,535
public record Endpoint(String host, int port) {
    /// Refuses what cannot be one.
    ///
    /// @throws MalformedException if `host` is empty or `port` out of range
    public Endpoint {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw malformed(host + ":" + port);
        }
    }

    /// Returns the endpoint written as `host:port` or `[ipv6]:port`.
    ///
    /// @throws MalformedException if it is neither
    public static Endpoint parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.lastIndexOf(':');
        if (colon < 1) {
            throw malformed(text);
        }
        String host = trimmed.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw malformed(text);
        }
        try {
            return new Endpoint(host, Integer.parseInt(trimmed.substring(colon + 1)));
        } catch (NumberFormatException notANumber) {
            throw malformed(text);
        }
    }

    /// Returns the endpoints of a list divided by commas, each once, in their order.
    ///
    /// @throws MalformedException if there is none, or one is malformed
    public static List<Endpoint> parseList(String text) {
        List<Endpoint> endpoints =
                Stream.of(text.split(","))
                        .filter(part -> !part.isBlank())
                        .map(Endpoint::parse)
                        .distinct()
                        .toList();
        if (endpoints.isEmpty()) {
            throw malformed(text);
        }
        return endpoints;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static MalformedException malformed(String found) {
        return new MalformedException(new Expectation("endpoint", "written HOST:PORT", found));
    }
}
