import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.NodeState;
import io.staddle.client.RoutingTable;
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerReply;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.nio.file.Path;
import java.util.Optional;

/// Does for the script what an operator does with the command line, and starts no process for each
/// step: nine JVMs already share the machine. It has the [Board] and the [Writers] beside it.
///
/// | line | is | answer |
/// |---|---|---|
/// | `activate NODE` | `staddle node activate` | `ok`, or why not |
/// | `move ID VSHARD NODE` | `staddle migration start` | `ok`, or why not |
/// | `leader` | `staddle server list` | the port of the leader; `none` |
/// | `write THREADS RATE` | begins to write | `ok` |
final class Operator {
    /// Half a second, which is what a move may pause writes for if nothing is said, is too little
    /// for JVMs that have just begun, on two cores.
    private static final long PAUSE_BUDGET_MICROS = 20_000_000;

    private final Path directory;
    private final StaddleClient client;
    private Optional<Writers> writers = Optional.empty();
    private boolean ended;

    private Operator(Path directory, StaddleClient client) {
        this.directory = directory;
        this.client = client;
    }

    /// `Operator DIRECTORY`; SIGTERM has the writers finish what they have begun.
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        StaddleClient client =
                StaddleClient.builder().endpoints(System.getenv("STADDLE_ENDPOINTS")).build();
        Operator operator = new Operator(directory, client);
        LineServer.start(directory.resolve("operator.port"), operator::answer);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(operator::end));
        new Board(client, directory).run();
    }

    private String answer(String line) {
        String[] words = line.split(" ");
        try {
            return switch (words[0]) {
                case "activate" -> activate(new NodeId(words[1]));
                case "move" -> move(words);
                case "leader" -> leader();
                case "write" -> write(words);
                default -> "malformed";
            };
        } catch (StaddleException notDone) {
            return notDone.getMessage().replace('\n', ' ');
        }
    }

    private String activate(NodeId node) {
        long seen = client.routingCache().refresh().nodes().get(node).version();
        client.routing().setNodeState(node, NodeState.ACTIVE, seen).orThrow();
        return "ok";
    }

    private String move(String[] words) {
        VShardId vShard = new VShardId(Integer.parseInt(words[2]));
        NodeId target = new NodeId(words[3]);
        RoutingTable table = client.routingCache().refresh();
        client.migrations()
                .start(
                        new StartMigration(
                                new MigrationId(words[1]),
                                vShard,
                                target,
                                table.nodes().get(target).incarnation(),
                                PAUSE_BUDGET_MICROS,
                                false,
                                table.vShards().get(vShard).epoch()))
                .orThrow();
        return "ok";
    }

    private String leader() {
        return client.servers().describeAll().stream()
                .map(ServerReply::answer)
                .flatMap(Optional::stream)
                .filter(ServerDescription::leads)
                .map(server -> server.addresses().api())
                .map(address -> address.substring(address.lastIndexOf(':') + 1))
                .findFirst()
                .orElse("none");
    }

    private synchronized String write(String[] words) {
        if (!ended && writers.isEmpty()) {
            Writers begun = new Writers(directory, client.routingCache());
            begun.start(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            writers = Optional.of(begun);
        }
        return "ok";
    }

    private synchronized void end() {
        ended = true;
        writers.ifPresent(Writers::finish);
    }
}
