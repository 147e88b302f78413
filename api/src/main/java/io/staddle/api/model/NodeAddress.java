package io.staddle.api.model;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

/// Where a data node is reached.
///
/// @param host a name or an address: 1 to 255 visible ASCII characters without a space
/// @param port 1 to 65,535
public record NodeAddress(String host, int port) {
    private static final int HOST_MAX = 255;

    /// Refuses what cannot be an address.
    ///
    /// @throws MalformedException if it is none
    public NodeAddress {
        boolean visible = host.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (host.isEmpty() || host.length() > HOST_MAX || !visible) {
            throw new MalformedException(
                    new Expectation("host", "1 to " + HOST_MAX + " visible characters", host));
        }
        if (port < 1 || port > 65_535) {
            throw new MalformedException(
                    new Expectation("port", "1 to 65535", Integer.toString(port)));
        }
    }

    /// Reads `HOST:PORT`.
    ///
    /// @throws MalformedException if it is none
    public static NodeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new NodeAddress(
                    text.substring(0, Math.max(0, colon)),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException notANumber) {
            throw new MalformedException(new Expectation("address", "HOST:PORT", text));
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
