package io.staddle.it.kit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// Free ports on loopback.
///
/// They are below the range that the system takes for outgoing connections: else the port of a
/// server that was killed may be taken by a connection before the server is started again. Each of
/// the JVMs that tests run in at the same time, of one build or several, has ports of its own: a
/// port that is free is not taken before the server has started, which takes a second.
final class Ports {
    private static final int COUNT = 1_875;
    private static final int JVMS = 8;

    /// Held as long as the JVM lives: it says whose the ports are.
    private static final FileLock CLAIM;

    private static final int FIRST;
    private static final Random RANDOM = new Random();
    private static final Set<Integer> GIVEN = new HashSet<>();

    static {
        int number = 0;
        FileLock claim = claim(number);
        while (claim == null) {
            number++;
            if (number == JVMS) {
                throw new IllegalStateException("more than " + JVMS + " JVMs run tests of servers");
            }
            claim = claim(number);
        }
        CLAIM = claim;
        FIRST = 17_000 + number * COUNT;
    }

    private Ports() {}

    static synchronized int free() {
        if (!CLAIM.isValid()) {
            throw new IllegalStateException("the claim to these ports is lost");
        }
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = RANDOM.nextInt(FIRST, FIRST + COUNT);
            if (!GIVEN.contains(port) && isFree(port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + ", of " + COUNT);
    }

    private static @Nullable FileLock claim(int number) {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "staddle-test-ports-" + number);
        try {
            FileChannel channel = FileChannel.open(file, CREATE, WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
