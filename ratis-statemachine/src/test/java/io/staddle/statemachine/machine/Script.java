package io.staddle.statemachine.machine;

import com.google.protobuf.ByteString;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.ServerId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The language of the row files: one command in one line of words.
///
/// ```
/// acquire G a [lease MS]          claim G a E                 promote G b a@E [live]
/// release G a E                   renew G a E MS              reassign G b E
/// import G a E                    place t a,b|any [seen V]    expire N       purge N
/// released G a E                  floor t E
/// append a b/SEQ[=VALUE|=*BYTES] …  ack a SEQ                 truncate a SEQ [seen ACKED]
/// settle a b SEQ
/// replace S LOST INCARNATION
/// config KEY=VALUE,… [seen V]     level N                     admit S INCARNATION
/// ```
///
/// The commands about clusters are in [ClusterScript], those about nodes in [RoutingScript], those
/// about migrations in [MigrationScript], those about barriers in [BarrierScript].
/// What is seen is what stands unless it is said. Epochs are
/// numbers, `MAX` or `LAST`.
final class Script {
    private final Reads view;
    private final long clockMillis;
    private final String[] words;

    private Script(String line, Reads view, long clockMillis) {
        this.view = view;
        this.clockMillis = clockMillis;
        words = line.strip().split(" +", -1);
    }

    /// Returns the command that `line` says, in the state that `view` shows.
    ///
    /// @param clockMillis the leader's clock
    static Command parse(String line, Reads view, long clockMillis) {
        return new Script(line, view, clockMillis).command();
    }

    static Epoch epoch(String text) {
        return switch (text) {
            case "MAX" -> Epoch.MAX;
            case "LAST" -> new Epoch(Long.MAX_VALUE);
            default -> new Epoch(Long.parseLong(text));
        };
    }

    private Command command() {
        return switch (words[0]) {
            case "acquire" -> new DirectoryCommand.Acquire(grain(), cluster(2), number("lease", 0));
            case "claim" -> new DirectoryCommand.Claim(grain(), cluster(2), epoch(words[3]));
            case "promote" -> promote();
            case "release" -> new DirectoryCommand.Release(grain(), cluster(2), epoch(words[3]));
            case "renew" ->
                    new DirectoryCommand.Renew(
                            grain(), cluster(2), epoch(words[3]), Long.parseLong(words[4]));
            case "reassign" -> new DirectoryCommand.Reassign(grain(), cluster(2), epoch(words[3]));
            case "import" -> new DirectoryCommand.Import(grain(), cluster(2), epoch(words[3]));
            case "released" ->
                    new DirectoryCommand.ImportReleased(grain(), cluster(2), epoch(words[3]));
            case "floor" ->
                    new DirectoryCommand.RaiseFloor(new GrainType(words[1]), epoch(words[2]));
            case "place" -> place();
            case "expire" -> new DirectoryCommand.ExpireLeases(Integer.parseInt(words[1]));
            case "purge" -> new DirectoryCommand.PurgeTombstones(Integer.parseInt(words[1]));
            case "config" -> config();
            case "level" -> new AdminCommand.RaiseFeatureLevel(Integer.parseInt(words[1]));
            case "admit" -> new AdminCommand.AdmitServer(new ServerId(words[1]), words[2]);
            case "quorum" -> new AdminCommand.NoteMembers(members());
            case "append", "ack", "truncate", "settle" -> ofQueue();
            case "replace" ->
                    new AdminCommand.ReplaceServer(new ServerId(words[1]), words[2], words[3]);
            case "join", "state", "decommission", "forget", "nodebeat" ->
                    new RoutingScript(words, view, clockMillis).ofNode();
            case "routing", "group", "report", "gone", "assign" ->
                    new RoutingScript(words, view, clockMillis).ofRouting();
            case "migrate", "progress", "step", "cutover", "complete", "abort", "retry", "fence" ->
                    new MigrationScript(words, view).command();
            case "apply" -> new BalanceScript(words, view, clockMillis).command();
            case "cleanup", "needs", "sweep" -> new MigrationScript(words, view).command();
            case "scope", "coordinate", "resign", "begin", "vote", "commit", "cancel" ->
                    new BarrierScript(words, view).command();
            case "overdue", "prune" -> new BarrierScript(words, view).command();
            case "know", "grant", "withdraw", "revoke" -> new AccessScript(words).command();
            default -> new ClusterScript(words, view, clockMillis).command();
        };
    }

    /// Each as `NAME[:PRIORITY]`, with a `?` before if it listens.
    private List<MemberRecord> members() {
        return Stream.of(words).skip(1).map(Script::member).toList();
    }

    private static MemberRecord member(String word) {
        String[] parts = word.replace("?", "").split(":", -1);
        int priority = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
        return new MemberRecord(new ServerId(parts[0]), !word.startsWith("?"), priority);
    }

    private Command ofQueue() {
        return switch (words[0]) {
            case "append" ->
                    new ReplayCommand.Append(
                            cluster(1), Stream.of(words).skip(2).map(Script::write).toList());
            case "ack" ->
                    new ReplayCommand.Acknowledge(
                            cluster(1), Long.parseLong(words[2]), new ConsumerId("c"));
            case "truncate" ->
                    new ReplayCommand.Truncate(
                            cluster(1),
                            Long.parseLong(words[2]),
                            number("seen", ackedSeq()),
                            "drill");
            default -> new ReplayCommand.Settle(cluster(1), cluster(2), Long.parseLong(words[3]));
        };
    }

    private static ReplayWrite write(String word) {
        String[] parts = word.split("[/=]", -1);
        String value = parts.length == 3 ? parts[2] : "v" + parts[1];
        ByteString bytes =
                value.startsWith("*")
                        ? ByteString.copyFrom(new byte[Integer.parseInt(value.substring(1))])
                        : ByteString.copyFromUtf8(value);
        return new ReplayWrite(
                new WriteId(new ClusterId(parts[0]), Long.parseLong(parts[1])),
                new ReplayKey("k"),
                bytes);
    }

    private long ackedSeq() {
        return view.get(Schema.REPLAY_QUEUES, cluster(1)).map(ReplayQueue::ackedSeq).orElse(0L);
    }

    private Command promote() {
        String[] seen = words[3].split("@", -1);
        return new DirectoryCommand.Promote(
                grain(),
                cluster(2),
                new ClusterId(seen[0]),
                epoch(seen[1]),
                has("live") ? Takeover.FROM_LIVE_OWNER : Takeover.FROM_FAILED_OWNER);
    }

    private Command place() {
        GrainType type = new GrainType(words[1]);
        List<ClusterId> allowed =
                words[2].equals("any")
                        ? List.of()
                        : Arrays.stream(words[2].split(",", -1)).map(ClusterId::new).toList();
        long current = view.get(Schema.PLACEMENTS, type).map(p -> p.version()).orElse(0L);
        return new DirectoryCommand.SetPlacement(type, allowed, number("seen", current));
    }

    private Command config() {
        Map<String, String> changes = new TreeMap<>();
        Stream.of(words[1].split(",(?=[^,]+=)", -1))
                .map(each -> each.split("=", 2))
                .forEach(each -> changes.put(each[0], each[1]));
        long current = new Queries(view).config().version();
        return new AdminCommand.PutConfig(changes, number("seen", current));
    }

    private GrainId grain() {
        return GrainId.parse(words[1]);
    }

    private ClusterId cluster(int word) {
        return new ClusterId(words[word]);
    }

    private long number(String word, long otherwise) {
        return after(word).map(Long::parseLong).orElse(otherwise);
    }

    private Optional<String> after(String word) {
        int at = Arrays.asList(words).indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(words[at + 1]);
    }

    private boolean has(String word) {
        return Arrays.asList(words).contains(word);
    }
}
