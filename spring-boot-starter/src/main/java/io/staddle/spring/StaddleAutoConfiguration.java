package io.staddle.spring;

import io.staddle.client.StaddleClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// Makes a [StaddleClient] out of `staddle.*`, unless the application has one. It connects with its
/// first call, so an application starts while no server answers.
@AutoConfiguration
@ConditionalOnProperty(name = "staddle.enabled", matchIfMissing = true)
@EnableConfigurationProperties(StaddleProperties.class)
public class StaddleAutoConfiguration {
    /// Is made by Spring.
    public StaddleAutoConfiguration() {}

    /// Makes the client, which is closed with the application.
    @Bean
    @ConditionalOnMissingBean
    public StaddleClient staddleClient(
            StaddleProperties properties,
            Environment environment,
            ObjectProvider<StaddleClientCustomizer> customizers) {
        StaddleClient.Builder builder =
                StaddleClient.builder()
                        .endpoints(String.join(",", properties.endpoints()))
                        .deadline(properties.deadline())
                        .actor(actor(properties, environment))
                        .callsMax(properties.callsMax());
        customizers.orderedStream().forEach(each -> each.customize(builder));
        return builder.build();
    }

    private static String actor(StaddleProperties properties, Environment environment) {
        return properties.actor().isEmpty()
                ? environment.getProperty("spring.application.name", "")
                : properties.actor();
    }
}
