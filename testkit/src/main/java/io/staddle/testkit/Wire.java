package io.staddle.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a port on loopback that can be cut. As in a network that is cut, nothing gets through
/// in either direction, connections stay open, and what was sent meanwhile arrives when the way is
/// whole again.
public final class Wire implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final ServerSocket entry = new ServerSocket();
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// Guarded by `this`, as `closed`.
    private boolean cut;

    private boolean closed;

    /// Lays it.
    ///
    /// @param port where it begins; 0 for any that is free
    /// @param target the port where it ends
    public Wire(int port, int target) throws IOException {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
        entry.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().name("wire-" + port()).start(this::accept);
    }

    /// Returns where it begins.
    public int port() {
        return entry.getLocalPort();
    }

    /// Cuts it, or mends it.
    public synchronized void cut(boolean now) {
        cut = now;
        notifyAll();
    }

    /// Ends it, and every connection through it.
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        entry.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                Socket near = entry.accept();
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        try (near;
                Socket far = new Socket()) {
            open.add(near);
            open.add(far);
            awaitWhole();
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            far.connect(target);
            Thread back = Thread.ofVirtual().start(() -> relay(far, near));
            relay(near, far);
            back.join();
            open.remove(far);
        } catch (IOException nobodyListens) {
            // The caller's connection is closed, as by a port on which nobody listens.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        open.remove(near);
    }

    /// Ends with both directions closed.
    private void relay(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitWhole();
                out.write(buffer, 0, count);
            }
            // That an end has closed its connection is not to be seen from behind a cut either.
            awaitWhole();
        } catch (IOException ended) {
            // One end has closed the connection.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitWhole() throws InterruptedException, IOException {
        while (cut && !closed) {
            wait();
        }
        if (closed) {
            throw new IOException("this wire is gone");
        }
    }
}
