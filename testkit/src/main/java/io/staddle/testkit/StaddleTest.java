package io.staddle.testkit;

import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Gives the tests of a class an [EmbeddedStaddle]: one for all of them, which is healed before
/// each. Tests and their life-cycle methods may have parameters of the types [EmbeddedStaddle] and
/// [io.staddle.client.StaddleClient].
///
/// What a test leaves behind the next one finds: give each grains, scopes and clusters of its own.
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StaddleExtension.class)
public @interface StaddleTest {
    /// How many servers there are: 1, which starts faster, or 3, so that leaders can be lost.
    int servers() default 1;
}
