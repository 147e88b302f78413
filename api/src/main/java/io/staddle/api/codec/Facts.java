package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Ownership;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The facts of an encoded refusal, read by name.
record Facts(io.staddle.api.v1.Refusal encoded) {
    String text(String name) {
        return facts().getOrDefault(name, "");
    }

    long number(String name) {
        String text = facts().getOrDefault(name, "0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Malformed.of(name, "a whole number", text);
        }
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Malformed.of(name, "a known " + type.getSimpleName(), text));
    }

    Epoch epoch(String name) {
        return new Epoch(number(name));
    }

    ClusterId cluster(String name) {
        return new ClusterId(text(name));
    }

    NodeId node(String name) {
        return new NodeId(text(name));
    }

    GroupId group(String name) {
        return new GroupId((int) number(name));
    }

    VShardId vShard(String name) {
        return new VShardId((int) number(name));
    }

    List<ClusterId> clusters(String name) {
        return Stream.of(text(name).split(","))
                .filter(each -> !each.isEmpty())
                .map(ClusterId::new)
                .toList();
    }

    Ownership current() {
        return OwnershipCodec.decode(encoded.getCurrent());
    }

    private Map<String, String> facts() {
        return encoded.getFactsMap();
    }
}
