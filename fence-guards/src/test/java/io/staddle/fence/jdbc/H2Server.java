package io.staddle.fence.jdbc;

import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

import javax.sql.DataSource;

/// H2 behind a socket.
final class H2Server implements Database {
    private final Path directory;
    private final JdbcDataSource source = new JdbcDataSource();
    private Server server;

    private H2Server(Path directory) throws SQLException {
        this.directory = directory;
        server = start("0");
        source.setURL("jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./store");
    }

    static H2Server start() throws IOException, SQLException {
        return new H2Server(Files.createTempDirectory("staddle-h2-"));
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public void restart() throws SQLException {
        String port = Integer.toString(server.getPort());
        server.stop();
        server = start(port);
    }

    @Override
    public void close() {
        server.stop();
        Directories.delete(directory);
    }

    private Server start(String port) throws SQLException {
        return Server.createTcpServer(
                        "-tcpPort", port, "-baseDir", directory.toString(), "-ifNotExists")
                .start();
    }
}
