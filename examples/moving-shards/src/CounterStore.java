import io.staddle.api.id.VShardId;
import io.staddle.dataplane.ratis.ShardStore;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The data of one replica of a group: numbers that only count up, and who counted them.
///
/// A write is `HOLDER EPOCH KEY NUMBER`. It counts if the number is the next one of its key; the
/// same number again changes nothing, so whoever does not know what became of a write repeats it.
final class CounterStore implements ShardStore {
    private final Map<Integer, Shard> shards = new TreeMap<>();

    /// One vShard.
    private static final class Shard {
        /// The last number of each key, and how often the key was written to.
        private final Map<String, long[]> counts = new TreeMap<>();

        /// `EPOCH:HOLDER:WRITES`, in the order of the log, one for writes in a row.
        private final List<String> reigns = new ArrayList<>();
    }

    @Override
    public ByteBuffer apply(VShardId vShard, ByteBuffer payload) {
        String[] words = StandardCharsets.UTF_8.decode(payload).toString().split(" ");
        Shard shard = shards.computeIfAbsent(vShard.value(), each -> new Shard());
        long[] count = shard.counts.computeIfAbsent(words[2], each -> new long[2]);
        long number = Long.parseLong(words[3]);
        if (number <= count[0]) {
            return answer("again");
        }
        if (number > count[0] + 1) {
            return answer("gap");
        }
        count[0] = number;
        count[1]++;
        reign(shard.reigns, words[1] + ":" + words[0] + ":");
        return answer("ok");
    }

    private static void reign(List<String> reigns, String who) {
        boolean isSame = !reigns.isEmpty() && reigns.getLast().startsWith(who);
        long before = isSame ? Long.parseLong(reigns.removeLast().substring(who.length())) : 0;
        reigns.add(who + (before + 1));
    }

    private static ByteBuffer answer(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Returns all of it in one line, a word for each vShard:
    /// `VSHARD|KEY=LAST/WRITES,…|EPOCH:HOLDER:WRITES,…`
    String dump() {
        return shards.entrySet().stream()
                .map(each ->
                        each.getKey()
                                + "|"
                                + each.getValue().counts.entrySet().stream()
                                        .map(count ->
                                                count.getKey()
                                                        + "="
                                                        + count.getValue()[0]
                                                        + "/"
                                                        + count.getValue()[1])
                                        .collect(Collectors.joining(","))
                                + "|"
                                + String.join(",", each.getValue().reigns))
                .collect(Collectors.joining(" "));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        byte[] text = dump().getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        shards.clear();
        String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        for (String each : text.isEmpty() ? new String[0] : text.split(" ")) {
            String[] parts = each.split("\\|", -1);
            Shard shard = new Shard();
            shards.put(Integer.parseInt(parts[0]), shard);
            for (String count : parts[1].split(",")) {
                String[] numbers = count.substring(count.indexOf('=') + 1).split("/");
                shard.counts.put(
                        count.substring(0, count.indexOf('=')),
                        new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1])});
            }
            shard.reigns.addAll(List.of(parts[2].split(",")));
        }
    }
}
