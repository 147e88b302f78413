package io.staddle.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.source.yaml.YamlConfigSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The sample configuration that is shipped.
final class SampleConfigTest {
    private static final Path SAMPLE = Path.of("..", "deploy", "conf", "staddle.yaml");

    /// A key with a value, commented out or not; not those of the list of servers.
    private static final Pattern SETTING = Pattern.compile("(# )?( {2})?[a-z-]+: [^ #].*");

    private static final Predicate<String> PROSE = Pattern.compile("# \\S+ .*").asMatchPredicate();

    @TempDir Path directory;

    @Test
    void theSampleCanBeUsedAsItIs() {
        assertThat(ConfigFile.read(SAMPLE, Map.of()).deployment()).isEqualTo("example");
    }

    @Test
    void whatIsCommentedOutInTheSampleIsDefaults() throws IOException {
        ServerConfig sample = ConfigFile.read(SAMPLE, Map.of());

        assertThat(ConfigFile.read(withAllKeys(""), Map.of())).isEqualTo(sample);
    }

    @Test
    void theSampleHasEachKeyThatThereIs() throws IOException {
        Path wrong = withAllKeys("\nno-such-key: 1\n");
        Set<String> inSample = new TreeSet<>();
        // What has two hashes is no default: files that are not there.
        String every = Files.readString(withAllKeys("")).replaceAll("(?m)^## ", "");
        new YamlConfigSource("sample", every, 100).getPropertyNames().forEach(inSample::add);

        // Whoever writes a key that there is not is told all that there are.
        assertThatThrownBy(() -> ConfigFile.read(wrong, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("unknown key no-such-key; known are [")
                .satisfies(told -> assertThat(inSample).containsAll(keys(told.toString())));
    }

    @Test
    void theSampleSaysWhatEachKeyIsFor() throws IOException {
        List<String> lines = Files.readAllLines(SAMPLE);
        for (int i = 1; i < lines.size(); i++) {
            if (SETTING.matcher(lines.get(i)).matches()) {
                assertThat(lines.get(i).contains(" # ") || PROSE.test(lines.get(i - 1)))
                        .as("%s: explained there, or in the line before", lines.get(i))
                        .isTrue();
            }
        }
    }

    private Path withAllKeys(String more) throws IOException {
        Path all = directory.resolve("all-" + more.length() + ".yaml");
        String sample = Files.readString(SAMPLE);
        Files.writeString(all, sample.replaceAll("(?m)^# (?=[ a-z-]+: *\\S*)", "") + more);
        return all;
    }

    /// The keys in a message, without those of which there are more than one.
    private static List<String> keys(String message) {
        String list = message.substring(message.indexOf('[') + 1, message.lastIndexOf(']'));
        return List.of(list.split(", ")).stream().filter(key -> !key.contains("[")).toList();
    }
}
