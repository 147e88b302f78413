package io.staddle.spring;

import io.staddle.client.StaddleClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Tells `/actuator/health` how the servers are, unless `management.health.staddle.enabled` is
/// false.
@AutoConfiguration(after = StaddleAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
public class StaddleHealthAutoConfiguration {
    /// Is made by Spring.
    public StaddleHealthAutoConfiguration() {}

    /// Looked at only if Spring Boot's health is there: its conditions are part of that.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({StaddleClient.class, StaddleProperties.class})
    @ConditionalOnEnabledHealthIndicator("staddle")
    static class Indicator {
        /// Makes what `/actuator/health` shows as `staddle`.
        @Bean
        @ConditionalOnMissingBean(name = "staddleHealthIndicator")
        HealthIndicator staddleHealthIndicator(StaddleClient client, StaddleProperties properties) {
            return new StaddleHealthIndicator(client, properties.health().deadline());
        }
    }
}
