import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// A container image in a file that `docker load`, `podman load` and `ctr images import` take, and
/// tools that copy images (`skopeo`, `crane`): an OCI layout, with the list that Docker had before.
///
/// Nothing is fetched and no daemon is asked. Layers go from what seldom changes to what always
/// does: system, runtime, libraries, Staddle.
final class Image {
    /// Nobody's number on hosts. Numbers are what Kubernetes can check (`runAsNonRoot`).
    static final int USER = 10_001;

    private static final String HOME = "opt/staddle";

    private final Platform platform;
    private final String version;
    private final Instant time;

    Image(Platform platform, String version, Instant time) {
        this.platform = platform;
        this.version = version;
        this.time = time;
    }

    /// Writes the image.
    ///
    /// @param stage what goes to `/opt/staddle`
    /// @param rootfs the first layer, if it is not to be made of this machine's files
    void write(Path stage, Optional<Path> rootfs, Path file) throws IOException {
        Path scratch = Files.createTempDirectory(file.getParent(), "layers");
        List<Layer> layers = new ArrayList<>();
        layers.add(
                rootfs.isPresent()
                        ? Layer.of(scratch, out -> Files.copy(rootfs.get(), out))
                        : layer(scratch, new BaseSystem(platform)::fill));
        layers.add(layer(scratch, tar -> part(tar, stage, Image::isRuntime)));
        layers.add(layer(scratch, tar -> part(tar, stage, Image::isLibrary)));
        layers.add(layer(scratch, tar -> ours(tar, stage)));
        assemble(layers, file);
        for (Layer each : layers) {
            Files.delete(each.file());
        }
        Files.delete(scratch);
    }

    private static boolean isRuntime(String name) {
        return name.startsWith("runtime/");
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("lib/") && !isOurs(name);
    }

    private static boolean isOurs(String name) {
        return name.substring(name.lastIndexOf('/') + 1).startsWith("staddle-");
    }

    private static void part(Tar tar, Path stage, Predicate<String> wanted) throws IOException {
        tar.addFolder("opt", 0755, 0);
        tar.addTree(stage, HOME, wanted);
    }

    private static void ours(Tar tar, Path stage) throws IOException {
        part(tar, stage, name -> !isRuntime(name) && !isLibrary(name));
        tar.addFolder("etc", 0755, 0);
        tar.addFolder("etc/staddle", 0755, 0);
        tar.addFolder("tmp", 01777, 0);
        tar.addFolder("var", 0755, 0);
        tar.addFolder("var/lib", 0755, 0);
        // Not the data directory itself: `format` makes that, in a volume.
        tar.addFolder("var/lib/staddle", 0750, USER);
    }

    private Layer layer(Path scratch, Content content) throws IOException {
        return Layer.of(
                scratch,
                out -> {
                    try (Tar tar = new Tar(out, time)) {
                        content.fill(tar);
                    }
                });
    }

    private void assemble(List<Layer> layers, Path file) throws IOException {
        byte[] config = bytes(config(layers));
        byte[] manifest = bytes(manifest(layers, config));
        try (Tar tar = new Tar(new BufferedOutputStream(Files.newOutputStream(file)), time)) {
            tar.addText("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}\n");
            tar.addText("index.json", index(manifest));
            tar.addText("manifest.json", listForDocker(layers, config));
            tar.addFolder("blobs", 0755, 0);
            tar.addFolder("blobs/sha256", 0755, 0);
            tar.addBytes(blob(sha256(config)), config);
            tar.addBytes(blob(sha256(manifest)), manifest);
            for (Layer each : layers) {
                tar.add(blob(each.digest()), each.file());
            }
        }
    }

    private String config(List<Layer> layers) {
        return """
        {"architecture":"%s","os":"linux","created":"%s",
        "config":{"User":"%d:%d","WorkingDir":"/",
        "Env":["PATH=/opt/staddle/bin:/usr/bin:/bin","HOME=/tmp","LANG=C.UTF-8"],
        "Entrypoint":["/opt/staddle/bin/staddle"],
        "Cmd":["server","run","--config","/etc/staddle/staddle.yaml"],
        "ExposedPorts":{"7400/tcp":{},"7500/tcp":{}},
        "Volumes":{"/var/lib/staddle":{}},"StopSignal":"SIGTERM",
        "Labels":{"org.opencontainers.image.title":"Staddle",
        "org.opencontainers.image.version":"%s","org.opencontainers.image.licenses":"Apache-2.0"}},
        "rootfs":{"type":"layers","diff_ids":[%s]}}
        """
                .formatted(
                        platform.oci(),
                        time,
                        USER,
                        USER,
                        version,
                        joined(layers, layer -> "\"sha256:" + layer.diffId() + "\""));
    }

    private static String manifest(List<Layer> layers, byte[] config) throws IOException {
        return """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
        "config":{"mediaType":"application/vnd.oci.image.config.v1+json",
        "digest":"sha256:%s","size":%d},
        "layers":[%s]}
        """
                .formatted(sha256(config), config.length, joined(layers, Layer::descriptor));
    }

    private String index(byte[] manifest) {
        return """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
        {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%d,
        "platform":{"architecture":"%s","os":"linux"},
        "annotations":{"io.containerd.image.name":"docker.io/library/staddle:%s",
        "org.opencontainers.image.ref.name":"%s"}}]}
        """
                .formatted(sha256(manifest), manifest.length, platform.oci(), version, version);
    }

    private String listForDocker(List<Layer> layers, byte[] config) {
        return """
        [{"Config":"%s","RepoTags":["staddle:%s"],"Layers":[%s]}]
        """
                .formatted(
                        blob(sha256(config)),
                        version,
                        joined(layers, layer -> "\"" + blob(layer.digest()) + "\""));
    }

    private static String joined(List<Layer> layers, Function<Layer, String> part) {
        return layers.stream().map(part).collect(Collectors.joining(","));
    }

    private static String blob(String digest) {
        return "blobs/sha256/" + digest;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /// Fills a layer.
    private interface Content {
        void fill(Tar tar) throws IOException;
    }

    /// Writes a tar.
    private interface Source {
        void write(OutputStream out) throws IOException;
    }

    /// A layer that is written.
    ///
    /// @param file compressed
    /// @param digest of the file
    /// @param diffId digest of what it is without compression
    private record Layer(Path file, long size, String digest, String diffId) {
        static Layer of(Path scratch, Source source) throws IOException {
            Path file = Files.createTempFile(scratch, "layer", ".tar.gz");
            MessageDigest packed = sha256();
            MessageDigest plain = sha256();
            try (OutputStream disk = new BufferedOutputStream(Files.newOutputStream(file));
                    OutputStream out =
                            new DigestOutputStream(
                                    new GZIPOutputStream(new DigestOutputStream(disk, packed)),
                                    plain)) {
                source.write(out);
            }
            HexFormat hex = HexFormat.of();
            return new Layer(
                    file,
                    Files.size(file),
                    hex.formatHex(packed.digest()),
                    hex.formatHex(plain.digest()));
        }

        String descriptor() {
            return """
            {"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip",
            "digest":"sha256:%s","size":%d}\
            """
                    .formatted(digest, size);
        }
    }
}
