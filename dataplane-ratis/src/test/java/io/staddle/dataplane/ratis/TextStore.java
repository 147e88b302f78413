package io.staddle.dataplane.ratis;

import io.staddle.api.id.VShardId;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps what was written to each vShard, in that order.
final class TextStore implements ShardStore {
    private final Map<VShardId, List<String>> written = new TreeMap<>();
    private final Runnable whileSaved;

    /// @param whileSaved is run in the middle of each snapshot
    TextStore(Runnable whileSaved) {
        this.whileSaved = whileSaved;
    }

    @Override
    public ByteBuffer apply(VShardId vShard, ByteBuffer payload) {
        List<String> texts = written.computeIfAbsent(vShard, each -> new ArrayList<>());
        texts.add(StandardCharsets.UTF_8.decode(payload).toString());
        return ByteBuffer.allocate(0);
    }

    List<String> of(VShardId vShard) {
        return List.copyOf(written.getOrDefault(vShard, List.of()));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(written.size());
        whileSaved.run();
        for (Map.Entry<VShardId, List<String>> each : written.entrySet()) {
            out.writeInt(each.getKey().value());
            out.writeInt(each.getValue().size());
            for (String text : each.getValue()) {
                out.writeUTF(text);
            }
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        written.clear();
        for (int left = in.readInt(); left > 0; left--) {
            List<String> texts = new ArrayList<>();
            written.put(new VShardId(in.readInt()), texts);
            for (int more = in.readInt(); more > 0; more--) {
                texts.add(in.readUTF());
            }
        }
    }
}
