package io.staddle.testkit;

import io.staddle.client.StaddleClient;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/// What [StaddleTest] stands for. It starts a deployment with the first test of a class, and closes
/// it after the last one.
final class StaddleExtension implements BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(StaddleExtension.class);

    StaddleExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        deployment(context).heal();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == EmbeddedStaddle.class || type == StaddleClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EmbeddedStaddle deployment = deployment(context);
        return parameter.getParameter().getType() == StaddleClient.class
                ? deployment.client()
                : deployment;
    }

    /// Kept with the class that is annotated, so that nested ones share it; the store closes it.
    private static EmbeddedStaddle deployment(ExtensionContext context) {
        ExtensionContext owner = context;
        while (owner.getParent().filter(StaddleExtension::isAnnotated).isPresent()) {
            owner = owner.getParent().orElseThrow();
        }
        Class<?> annotated = owner.getRequiredTestClass();
        int servers =
                AnnotationSupport.findAnnotation(annotated, StaddleTest.class)
                        .orElseThrow()
                        .servers();
        return owner.getStore(NAMESPACE)
                .computeIfAbsent(
                        EmbeddedStaddle.class,
                        same -> EmbeddedStaddle.start(servers),
                        EmbeddedStaddle.class);
    }

    private static boolean isAnnotated(ExtensionContext context) {
        return context.getTestClass()
                .flatMap(type -> AnnotationSupport.findAnnotation(type, StaddleTest.class))
                .isPresent();
    }
}
