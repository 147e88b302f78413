import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Asks a [LineServer], one line at a time. For one thread.
final class LineClient {
    private static final int PATIENCE_MILLIS = 2_000;

    private final Path portFile;
    private Optional<Connection> connection = Optional.empty();

    private record Connection(Socket socket, BufferedReader lines) {}

    LineClient(Path portFile) {
        this.portFile = portFile;
    }

    /// Returns the answer to a line.
    ///
    /// @throws IOException if there is none within 2 s: the line may have been acted upon, or not
    String ask(String line) throws IOException {
        try {
            Connection open = connected();
            open.socket().getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            String answer = open.lines().readLine();
            if (answer == null) {
                throw new EOFException("the connection was closed before it was answered: " + line);
            }
            return answer;
        } catch (IOException failed) {
            disconnect();
            throw failed;
        }
    }

    private Connection connected() throws IOException {
        if (connection.isEmpty()) {
            int port = Integer.parseInt(Files.readString(portFile));
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            InputStreamReader in =
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
            connection = Optional.of(new Connection(socket, new BufferedReader(in)));
        }
        return connection.orElseThrow();
    }

    private void disconnect() throws IOException {
        if (connection.isPresent()) {
            connection.get().socket().close();
            connection = Optional.empty();
        }
    }
}
