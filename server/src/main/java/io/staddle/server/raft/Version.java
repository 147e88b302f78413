package io.staddle.server.raft;

/// Which build this is.
public final class Version {
    /// As the jar says; `unreleased` in a build without one.
    public static final String MINE = read();

    private Version() {}

    private static String read() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }
}
