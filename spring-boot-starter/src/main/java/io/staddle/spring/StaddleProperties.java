package io.staddle.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.List;

/// What an application says of its Staddle client.
///
/// @param enabled Whether a client is made.
/// @param endpoints Servers to begin with, as host:port; others are learnt from them.
/// @param deadline The longest that a call takes, retries included; 1 ms to 1 h.
/// @param actor Who is recorded as the one who asked for a change; the name of the application
///     unless set.
/// @param callsMax How many calls may be outstanding, queued or sent; 1 to 1000000.
/// @param health How the health of the servers is looked at.
@ConfigurationProperties("staddle")
public record StaddleProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue({"127.0.0.1:7400", "127.0.0.1:7401", "127.0.0.1:7402"})
                List<String> endpoints,
        @DefaultValue("5s") Duration deadline,
        @DefaultValue("") String actor,
        @DefaultValue("65536") int callsMax,
        @DefaultValue Health health) {
    /// Copies the list.
    public StaddleProperties {
        endpoints = List.copyOf(endpoints);
    }

    /// How the health of the servers is looked at.
    ///
    /// @param deadline For how long servers may think about how they are.
    public record Health(@DefaultValue("1s") Duration deadline) {}
}
