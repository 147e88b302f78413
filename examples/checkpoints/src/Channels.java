import io.staddle.api.id.NodeId;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The connections between workers: records and marks go from each to each, itself included, in
/// order. If one breaks there is no way to tell what got through, so the worker dies: the whole job
/// goes back to its last checkpoint.
final class Channels {
    private static final int MARK = -1;

    private final List<DataOutputStream> out = new ArrayList<>();

    /// Takes what the others send, and connects to them. It returns when all are there.
    Channels(Path work, int self, Counter counter) throws IOException, InterruptedException {
        ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> accept(server, counter));
        Path port = work.resolve(Stream.WORKERS.get(self) + ".port");
        Checkpoints.write(port, List.of(Integer.toString(server.getLocalPort())));
        for (NodeId worker : Stream.WORKERS) {
            Socket socket = connect(work.resolve(worker + ".port"));
            DataOutputStream stream =
                    new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            stream.writeInt(self);
            stream.flush();
            out.add(stream);
        }
    }

    void record(int worker, int key) throws IOException {
        out.get(worker).writeInt(key);
    }

    /// Says to all that a checkpoint is here.
    void mark(long epoch) throws IOException {
        for (DataOutputStream each : out) {
            each.writeInt(MARK);
            each.writeLong(epoch);
        }
    }

    void flush() throws IOException {
        for (DataOutputStream each : out) {
            each.flush();
        }
    }

    /// Ends this process as a crash does.
    static void die(String why) {
        IO.println("dies: " + why);
        Runtime.getRuntime().halt(3);
    }

    private static Socket connect(Path port) throws InterruptedException {
        while (true) {
            try {
                int number = Integer.parseInt(Files.readString(port).strip());
                return new Socket(InetAddress.getLoopbackAddress(), number);
            } catch (IOException notThere) {
                Thread.sleep(20);
            }
        }
    }

    private static void accept(ServerSocket server, Counter counter) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> receive(socket, counter));
            }
        } catch (IOException broken) {
            die("nobody can connect: " + broken);
        }
    }

    private static void receive(Socket socket, Counter counter) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            int channel = in.readInt();
            while (true) {
                int key = in.readInt();
                if (key == MARK) {
                    counter.mark(channel, in.readLong());
                } else {
                    counter.record(channel, key);
                }
            }
        } catch (IOException | InterruptedException broken) {
            die("a channel broke: " + broken);
        }
    }
}
