package io.staddle.spring;

import io.staddle.client.StaddleClient;

/// A bean that changes how the client is built, after the properties had their say.
@FunctionalInterface
public interface StaddleClientCustomizer {
    /// Changes `builder`.
    void customize(StaddleClient.Builder builder);
}
