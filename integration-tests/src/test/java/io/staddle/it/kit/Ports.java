package io.staddle.it.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// Free ports on loopback.
///
/// They are below the range that the system takes for outgoing connections: else the port of a
/// server that was killed may be taken by a connection before the server is started again. Each of
/// the JVMs that tests run in at the same time has ports of its own.
final class Ports {
    private static final int COUNT = 3_750;
    private static final int JVMS = 4;
    private static final int FIRST =
            17_000 + (Integer.getInteger("staddle.fork", 1) - 1) % JVMS * COUNT;
    private static final int LAST = FIRST + COUNT - 1;
    private static final Random RANDOM = new Random();
    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    static synchronized int free() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = RANDOM.nextInt(FIRST, LAST + 1);
            if (!GIVEN.contains(port) && isFree(port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new IllegalStateException("no free port in " + FIRST + " to " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
