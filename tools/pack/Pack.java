import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Makes the archives and the container image out of the distribution that was built.
///
/// The build starts it on its own JDK, out of which it also links the runtime:
///
///     java tools/pack/Pack.java DEPLOY VERSION TIME [ROOTFS]
///
/// `DEPLOY` is the directory of the module, `TIME` what all files in all archives are given, and
/// `ROOTFS` a tar to take in place of the files of this machine that the image needs.
final class Pack {
    private Pack() {}

    public static void main(String[] args) throws IOException {
        Path deploy = Path.of(args[0]);
        String version = args[1];
        Instant time = Instant.parse(args[2]);
        Optional<Path> rootfs =
                args.length > 3 && !args[3].isBlank()
                        ? Optional.of(Path.of(args[3]))
                        : Optional.empty();
        Path target = deploy.resolve("target");
        Path stages = target.resolve("packages");

        Stage any = new Stage(deploy, stages.resolve("linux"));
        any.copy(Natives.ofLinux());
        archive(any, target.resolve("staddle-" + version + ".tar.gz"), time);

        Optional<Platform> here = Platform.here();
        if (here.isEmpty()) {
            System.err.println("NOT PACKED: a runtime and an image are made on Linux only.");
            return;
        }
        String platform = "linux-" + here.get().name();
        // Always the same directory, which is what the Debian package is made of.
        Stage one = new Stage(deploy, stages.resolve("platform"));
        one.copy(Natives.of(here.get()));
        one.link();
        archive(one, target.resolve("staddle-" + version + "-" + platform + ".tar.gz"), time);
        Path image = target.resolve("staddle-" + version + "-image-" + platform + ".tar");
        new Image(here.get(), version, time).write(one.directory(), rootfs, image);
        say(image);
    }

    /// All of a stage, in a folder of the archive's own name.
    private static void archive(Stage stage, Path file, Instant time) throws IOException {
        String name = file.getFileName().toString().replace(".tar.gz", "");
        try (Tar tar = Tar.compressed(file, time)) {
            tar.addTree(stage.directory(), name, _ -> true);
        }
        say(file);
    }

    private static void say(Path file) throws IOException {
        System.out.printf(Locale.ROOT, "%,13d bytes  %s%n", Files.size(file), file.getFileName());
    }
}
