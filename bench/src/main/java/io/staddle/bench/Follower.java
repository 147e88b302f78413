package io.staddle.bench;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.Command;
import io.staddle.statemachine.machine.EntryCodec;
import io.staddle.statemachine.machine.Machine;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A state machine that is given entries as one of a follower is, without network or log.
final class Follower {
    private final Machine machine;
    private long index;

    Follower(Store store) {
        machine = new Machine(store);
    }

    /// Raises the feature level, and registers the clusters that own the [Grains].
    void begin(int level) {
        apply(List.of(encoded(new AdminCommand.RaiseFeatureLevel(level))));
        for (var cluster : Grains.CLUSTERS) {
            ClusterProfile profile = new ClusterProfile("", "", 0, true);
            apply(
                    List.of(
                            encoded(
                                    new ClusterCommand.Register(
                                            cluster, profile, ClusterState.HEALTHY))));
        }
    }

    /// Imports all of them, a thousand an entry.
    void importAll(Grains grains) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < grains.count(); i++) {
            commands.add(importing(grains, i));
            if (commands.size() == 1_000 || i == grains.count() - 1) {
                apply(commands);
                commands.clear();
            }
        }
    }

    /// Applies an entry with these commands.
    void apply(List<Command> commands) {
        apply(EntryCodec.encode(0, commands));
    }

    /// Applies an entry.
    void apply(byte[] entry) {
        machine.apply(new LogPosition(1, index++), EntryCodec.decode(ByteBuffer.wrap(entry)));
    }

    /// The command that imports one of the grains.
    static Command importing(Grains grains, int grain) {
        return encoded(
                new DirectoryCommand.Import(
                        grains.id(grain), grains.owner(grain), grains.epoch(grain)));
    }

    /// A command as a request carries it.
    static Command encoded(io.staddle.api.command.Command command) {
        return CommandCodec.encode(command, Origin.NONE);
    }
}
