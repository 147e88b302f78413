package io.staddle.client;

/// What all views of a client share.
final class Core implements AutoCloseable {
    private final ClientSettings settings;

    Core(ClientSettings settings) {
        this.settings = settings;
    }

    ClientSettings settings() {
        return settings;
    }

    @Override
    public void close() {}
}
