package io.staddle.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where something listens.
///
/// @param host a name or an address; an IPv6 address without brackets
/// @param port 1 to 65,535
public record HostPort(String host, int port) {
    /// Returns the address written `HOST:PORT`, an IPv6 address in brackets.
    ///
    /// @throws IllegalArgumentException if it is not written so
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : bare(text.substring(0, colon));
        int port = colon < 0 ? 0 : port(text.substring(colon + 1));
        if (host.isEmpty() || host.contains("/") || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not HOST:PORT with a port of 1 to 65535: " + text);
        }
        return new HostPort(host, port);
    }

    /// Returns the address to bind to or to connect to; the name may not resolve.
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    /// Tells whether only this machine can reach it. A name that does not resolve counts as not.
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static String bare(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            return host.substring(1, host.length() - 1);
        }
        return host.contains(":") ? "" : host;
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
