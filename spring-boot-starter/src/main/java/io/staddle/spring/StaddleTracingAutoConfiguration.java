package io.staddle.spring;

import io.opentelemetry.api.OpenTelemetry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/// Has the client's calls traced, if the application has an [OpenTelemetry] of its own, and one
/// only.
@AutoConfiguration(before = StaddleAutoConfiguration.class)
@ConditionalOnClass(OpenTelemetry.class)
@ConditionalOnProperty(name = "staddle.enabled", matchIfMissing = true)
public class StaddleTracingAutoConfiguration {
    /// Is made by Spring.
    public StaddleTracingAutoConfiguration() {}

    /// Hands it to the client.
    @Bean
    public StaddleClientCustomizer staddleTracingCustomizer(
            ObjectProvider<OpenTelemetry> openTelemetry) {
        return builder -> openTelemetry.ifUnique(builder::openTelemetry);
    }
}
