package io.staddle.spring;

import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/// Has the client's calls measured, if Micrometer is there. Spring Boot binds them to its
/// registries.
@AutoConfiguration(before = StaddleAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnProperty(name = "staddle.enabled", matchIfMissing = true)
public class StaddleMetricsAutoConfiguration {
    /// Is made by Spring.
    public StaddleMetricsAutoConfiguration() {}

    /// Makes what measures.
    @Bean
    @ConditionalOnMissingBean
    public StaddleClientMetrics staddleClientMetrics() {
        return new StaddleClientMetrics();
    }

    /// Has the client tell it.
    @Bean
    public StaddleClientCustomizer staddleMetricsCustomizer(StaddleClientMetrics metrics) {
        return builder -> builder.observer(metrics);
    }
}
