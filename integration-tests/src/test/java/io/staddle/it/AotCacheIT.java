package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.it.kit.Distribution;
import io.staddle.server.exit.ExitCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The server's JVM and the AOT cache of the distribution, as `bin/staddle` brings them together.
///
/// A command line that is none is enough: the JVM decides about the cache before it runs anything.
final class AotCacheIT {
    @Test
    void theStartScriptGivesWhatTheCacheWasMadeFor() throws Exception {
        // Mode "on": the JVM would end with exit code 1 if it could not take the cache.
        assertThat(start("-XX:AOTMode=on")).doesNotContain("[aot]").contains("usage:");
    }

    @Test
    void aServerThatItDoesNotFitStartsWithoutItAndSaysSo() throws Exception {
        assertThat(start("-XX:+UseCompactObjectHeaders"))
                .contains("Unable to use AOT cache")
                .contains("usage:");
    }

    private static String start(String options) throws IOException, InterruptedException {
        String script = Distribution.home().resolve("bin/staddle").toString();
        ProcessBuilder builder = new ProcessBuilder(script, "server", "run");
        builder.environment().put("STADDLE_SERVER_OPTS", options);
        builder.environment().put("STADDLE_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.USAGE.code());
        return said;
    }
}
