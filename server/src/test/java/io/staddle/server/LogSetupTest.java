package io.staddle.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

import java.util.List;

final class LogSetupTest {
    private static final List<String> SETTINGS =
            List.of("STADDLE_LOG_FORMAT", "STADDLE_LOG_LEVEL", "logback.configurationFile");

    private final LoggerContext loggers = new LoggerContext();

    @AfterEach
    void forget() {
        SETTINGS.forEach(System::clearProperty);
        loggers.stop();
    }

    private ExecutionStatus configure() {
        LogSetup setup = new LogSetup();
        setup.setContext(loggers);
        return setup.configure(loggers);
    }

    private String written(String message) {
        Logger logger = loggers.getLogger("io.staddle.some.Part");
        LoggingEvent event =
                new LoggingEvent("here", logger, Level.INFO, message, null, new Object[] {"s1"});
        event.addKeyValuePair(new KeyValuePair("revision", "17.0"));
        var out =
                (ConsoleAppender<ILoggingEvent>)
                        loggers.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("out");
        return new String(out.getEncoder().encode(event), UTF_8);
    }

    @Test
    void aLineHasItsTimeAndItsSourceInShortAndWhatBelongsToIt() {
        assertThat(configure()).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(written("server {} starts"))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  Part: server s1"
                                + " starts revision=\"17\\.0\"\\R");
    }

    @Test
    void asJsonALineIsAnObject() {
        System.setProperty("STADDLE_LOG_FORMAT", "json");
        configure();
        assertThat(written("server {} starts"))
                .startsWith("{")
                .contains("\"formattedMessage\":\"server s1 starts\"")
                .contains("\"kvpList\": [{\"revision\":\"17.0\"}]")
                .doesNotContain("arguments");
    }

    @Test
    void ofOthersOnlyWarningsAreSaid() {
        System.setProperty("STADDLE_LOG_LEVEL", "debug");
        configure();
        assertThat(loggers.getLogger("io.staddle.some.Part").isDebugEnabled()).isTrue();
        assertThat(loggers.getLogger("org.apache.ratis.server").isInfoEnabled()).isFalse();
        assertThat(loggers.getLogger("org.apache.ratis.server").isWarnEnabled()).isTrue();
        assertThat(loggers.getLogger("io.micrometer.core").isWarnEnabled()).isFalse();
        assertThat(loggers.getLogger("com.example").isInfoEnabled()).isFalse();
    }

    @Test
    void whoConfiguresLogbackByAFileIsNotDisturbed() {
        System.setProperty("logback.configurationFile", "mine.xml");
        assertThat(configure()).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(loggers.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("out")).isNull();
    }
}
