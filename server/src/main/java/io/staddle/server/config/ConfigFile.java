package io.staddle.server.config;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.ServerId;

import org.eclipse.microprofile.config.Config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads a [ServerConfig] from a YAML file and the environment.
///
/// What is not in the file has its default, and a variable of the environment overrides both: its
/// name is `STADDLE_` and the key in capitals, with `_` for everything that is no letter or digit,
/// as in `STADDLE_LIMITS_PAGE_SIZE` or `STADDLE_SERVERS_0_API`.
public final class ConfigFile {
    private static final int SERVERS_MAX = 7;
    private static final Pattern SERVER_KEY = Pattern.compile("servers\\[[0-6]]\\.(id|api|raft)");
    private static final Pattern DEPLOYMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Set<String> TOP_KEYS =
            Set.of("server", "deployment", "data", "api", "raft", "insecure-i-understand");

    private final Values values;

    private ConfigFile(Values values) {
        this.values = values;
    }

    /// Reads a file.
    ///
    /// @param environment the variables of the process
    /// @throws ConfigException if it cannot be read, or a key is unknown or wrong
    public static ServerConfig read(Path file, Map<String, String> environment) {
        Config source = source(file);
        Set<String> found = new TreeSet<>();
        source.getPropertyNames().forEach(found::add);
        Values values = new Values(key -> source.getOptionalValue(key, String.class), environment);
        ServerConfig config = new ConfigFile(values).config();
        requireKnown(found, values.asked());
        Overrides.requireKnown(environment, knownKeys(values.asked()));
        return config;
    }

    private static Config source(Path file) {
        try {
            String yaml = Files.readString(file);
            return new SmallRyeConfigBuilder()
                    .withSources(new YamlConfigSource(file.toString(), yaml, 100))
                    .build();
        } catch (IOException e) {
            throw new ConfigException("cannot read the configuration " + file + ": " + e);
        } catch (RuntimeException e) {
            throw new ConfigException("the configuration " + file + " is no YAML: " + e);
        }
    }

    private ServerConfig config() {
        boolean insecure = values.flag("insecure-i-understand");
        List<ServerAddress> servers = servers();
        ServerId server = id("server");
        ServerAddress self =
                servers.stream()
                        .filter(each -> each.id().equals(server))
                        .findFirst()
                        .orElseThrow(() -> notListed(server, servers));
        String deployment = values.text("deployment", DEPLOYMENT, "1 to 64 of A-Z a-z 0-9 . _ -");
        ServerConfig config =
                new ServerConfig(
                        server,
                        deployment,
                        Path.of(values.text("data", Pattern.compile(".+"), "a directory")),
                        address("api", self.api().toString()),
                        address("raft", self.raft().toString()),
                        servers,
                        limits(),
                        election(),
                        rocksdb(),
                        snapshots(),
                        values.flag("console.operate"),
                        new TlsKeys(values).read(deployment, servers, server),
                        accessMode(),
                        insecure,
                        tracing());
        Exposure.require(config);
        return config;
    }

    private List<ServerAddress> servers() {
        List<ServerAddress> servers = new ArrayList<>();
        Set<Object> seen = new LinkedHashSet<>();
        for (int i = 0; i < SERVERS_MAX && values.isSet("servers[" + i + "].id"); i++) {
            String key = "servers[" + i + "].";
            ServerAddress each =
                    new ServerAddress(
                            id(key + "id"), address(key + "api", ""), address(key + "raft", ""));
            unique(key + "id", each.id(), seen);
            unique(key + "api", each.api(), seen);
            unique(key + "raft", each.raft(), seen);
            servers.add(each);
        }
        if (servers.isEmpty()) {
            throw new ConfigException("servers", "a list of 1 to 7 of id, api and raft", "");
        }
        return servers;
    }

    private Limits limits() {
        int messageBytes = (int) values.bytes("limits.message-bytes", 4 << 20, 64 << 10, 64 << 20);
        int batch = values.integer("limits.batch-commands", 10_000, 1, 100_000);
        return new Limits(
                values.integer("limits.commands-in-flight", 32_768, batch, 1_000_000),
                values.bytes("limits.bytes-in-flight", 64 << 20, messageBytes, 1 << 30),
                batch,
                values.integer("limits.entry-commands", 1_024, 1, 10_000),
                values.bytes("limits.entry-bytes", 512 << 10, 1 << 10, 3 << 20),
                values.integer("limits.entries-in-flight", 3, 1, 64),
                values.integer("limits.pipelined-commands", 16, 1, 10_000),
                values.integer("limits.queries-in-flight", 65_536, batch, 1_000_000),
                messageBytes,
                values.integer("limits.page-size", 10_000, 1, 100_000),
                values.integer("limits.deadline-millis", 10_000, 100, 600_000),
                values.integer("limits.vital-percent", 10, 0, 50),
                callers(),
                values.bytes("limits.disk-reserve-bytes", 256 << 20, 0, 1L << 40));
    }

    private CallerLimits callers() {
        return new CallerLimits(
                values.integer("limits.connections", 10_000, 1, 1_000_000),
                values.integer("limits.calls-per-connection", 8_192, 16, 65_536),
                values.integer("limits.watches-per-connection", 1_000, 1, 65_536),
                values.integer("limits.watches", 50_000, 1, 1_000_000));
    }

    private Election election() {
        int min = values.integer("election.min-millis", 300, 50, 60_000);
        return new Election(min, values.integer("election.max-millis", 2 * min, min + 1, 120_000));
    }

    private RocksBudget rocksdb() {
        return new RocksBudget(
                values.bytes("rocksdb.block-cache-bytes", 64 << 20, 8 << 20, 1L << 40),
                values.bytes("rocksdb.write-buffer-bytes", 64 << 20, 4 << 20, 1L << 36));
    }

    private Snapshots snapshots() {
        return new Snapshots(
                values.number("snapshot.entries", 400_000, 100, 100_000_000),
                values.bytes("snapshot.bytes", 64 << 20, 1 << 20, 16L << 30));
    }

    private AccessMode accessMode() {
        return values.choice("access.mode", AccessMode.OPEN, AccessMode.class);
    }

    private TraceSettings tracing() {
        return new TraceSettings(
                values.base("tracing.otlp-endpoint"), values.ratio("tracing.sample-ratio", 0));
    }

    private ServerId id(String key) {
        String text = values.text(key);
        try {
            return new ServerId(text);
        } catch (MalformedException e) {
            throw new ConfigException(key, "a name: " + e.expectation().expected(), text);
        }
    }

    private HostPort address(String key, String otherwise) {
        String text = values.isSet(key) ? values.text(key) : otherwise;
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, "HOST:PORT with a port of 1 to 65535", text);
        }
    }

    private static void unique(String key, Object value, Set<Object> seen) {
        if (!seen.add(value)) {
            throw new ConfigException(key, "unique in servers", value.toString());
        }
    }

    private static ConfigException notListed(ServerId server, List<ServerAddress> servers) {
        List<ServerId> ids = servers.stream().map(ServerAddress::id).toList();
        return new ConfigException("server", "one of the servers " + ids, server.value());
    }

    private static void requireKnown(Set<String> found, Set<String> asked) {
        for (String key : found) {
            boolean known = asked.contains(key) || TOP_KEYS.contains(key);
            if (!known && !SERVER_KEY.matcher(key).matches()) {
                throw new ConfigException("unknown key " + key + "; known are " + asked);
            }
        }
    }

    private static Set<String> knownKeys(Set<String> asked) {
        Set<String> known = new TreeSet<>(asked);
        known.addAll(TOP_KEYS);
        for (int i = 0; i < SERVERS_MAX; i++) {
            for (String part : List.of("id", "api", "raft")) {
                known.add("servers[" + i + "]." + part);
            }
        }
        return known;
    }
}
