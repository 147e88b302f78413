package io.staddle.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;

import java.util.Map;
import java.util.Set;

/// How a server logs: to stdout, one line a change of state.
///
/// `STADDLE_LOG_LEVEL` sets the level of Staddle's own lines. With `STADDLE_LOG_FORMAT=json` each
/// line is an object, with revision and ids apart from the words. Logback finds this class by
/// itself; a `logback.xml` on the class path, or `-Dlogback.configurationFile`, counts more. To
/// read the same from such a file took a sixth of the main thread's time until a server serves.
public final class LogSetup extends ContextAwareBase implements Configurator {
    static final Set<String> FORMATS = Set.of("text", "json");

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0}: %msg %kvp%n%ex{10}";

    /// Loggers of others, by what is said of them at least.
    private static final Map<String, Level> OTHERS =
            Map.of(
                    "org.apache.ratis", Level.WARN,
                    "com.linecorp.armeria", Level.WARN,
                    // Ratis registers some gauges again whenever it leads again.
                    "io.micrometer", Level.ERROR);

    /// Creates it; for logback.
    public LogSetup() {}

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        if (isSetUpElsewhere()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
        out.setContext(loggers);
        out.setName("out");
        out.setEncoder(encoder(loggers));
        out.start();
        Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(out);
        loggers.getLogger("io.staddle")
                .setLevel(Level.toLevel(setting("STADDLE_LOG_LEVEL", "INFO"), Level.INFO));
        OTHERS.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean isSetUpElsewhere() {
        ClassLoader loader = LogSetup.class.getClassLoader();
        return System.getProperty("logback.configurationFile") != null
                || loader.getResource("logback-test.xml") != null
                || loader.getResource("logback.xml") != null;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext loggers) {
        if (setting("STADDLE_LOG_FORMAT", "text").equals("json")) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(loggers);
            json.setWithSequenceNumber(false);
            json.setWithNanoseconds(false);
            json.setWithContext(false);
            json.setWithMDC(false);
            json.setWithMarkers(false);
            json.setWithArguments(false);
            json.setWithMessage(false);
            json.setWithFormattedMessage(true);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(loggers);
        text.setPattern(PATTERN);
        text.start();
        return text;
    }

    private static String setting(String name, String otherwise) {
        return System.getProperty(name, System.getenv().getOrDefault(name, otherwise));
    }
}
