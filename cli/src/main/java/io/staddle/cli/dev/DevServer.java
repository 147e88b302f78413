package io.staddle.cli.dev;

import java.nio.file.Path;

/// One of the three servers, and where it keeps what.
///
/// @param number 1 to 3
/// @param directory `server-N`, with `data`, `log`, `pid` and `server.yaml` in it
/// @param apiPort where clients reach it
/// @param raftPort where the other servers reach it
record DevServer(int number, Path directory, int apiPort, int raftPort) {
    static final String HOST = "127.0.0.1";

    String id() {
        return "s" + number;
    }

    String api() {
        return HOST + ":" + apiPort;
    }

    String raft() {
        return HOST + ":" + raftPort;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("log");
    }

    Path pidFile() {
        return directory.resolve("pid");
    }

    Path config() {
        return directory.resolve("server.yaml");
    }
}
