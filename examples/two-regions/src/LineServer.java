import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/// Answers each line that comes with a line, on a free port of loopback.
///
/// The port stands in a file, for [LineClient]: whoever starts again writes the file anew.
final class LineServer implements AutoCloseable {
    private final ServerSocket socket;
    private final UnaryOperator<String> answers;

    private LineServer(ServerSocket socket, UnaryOperator<String> answers) {
        this.socket = socket;
        this.answers = answers;
    }

    /// Serves from now on, each connection on a thread of its own.
    ///
    /// @param answers safe for many threads; what it throws ends the connection
    static LineServer start(Path portFile, UnaryOperator<String> answers) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LineServer server = new LineServer(socket, answers);
        Thread.ofPlatform().daemon().start(server::acceptAll);
        Path draft = portFile.resolveSibling(portFile.getFileName() + ".draft");
        Files.writeString(draft, Integer.toString(socket.getLocalPort()));
        Files.move(draft, portFile, StandardCopyOption.ATOMIC_MOVE);
        return server;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        connection.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                String answer = answers.apply(line) + "\n";
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                line = lines.readLine();
            }
        } catch (IOException gone) {
            // The other side asks again, or does not.
        }
    }
}
