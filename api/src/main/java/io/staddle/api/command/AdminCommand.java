package io.staddle.api.command;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.MemberRecord;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Commands about Staddle itself.
public sealed interface AdminCommand extends Command {
    /// Changes settings of the replicated configuration. All are changed, or none.
    ///
    /// @param changes key to value as text, both as an operator writes them; at most
    ///     8,000 characters
    /// @param seenVersion the configuration's version last seen
    record PutConfig(Map<String, String> changes, long seenVersion) implements AdminCommand {
        private static final int KEY_MAX = 128;
        private static final int VALUE_MAX = 8_000;

        /// Copies the map, sorted by key.
        public PutConfig {
            if (changes.isEmpty() || changes.size() > 100) {
                throw new MalformedException(
                        new Expectation("changes", "1 to 100 settings", changes.size() + ""));
            }
            changes.forEach((key, value) -> {
                Checks.inRange("length of setting", key.length(), 1, KEY_MAX);
                Checks.inRange("length of value", value.length(), 0, VALUE_MAX);
            });
            changes = java.util.Collections.unmodifiableMap(new TreeMap<>(changes));
        }
    }

    /// Puts newer rules in force. It never goes back.
    record RaiseFeatureLevel(int level) implements AdminCommand {
        /// Refuses the level before the first.
        public RaiseFeatureLevel {
            Checks.positive("level", level);
        }
    }

    /// Makes a server known with the data directory that it has. Refused with
    /// `SERVER_REPLACED` if it was known with another one: its disk was wiped.
    ///
    /// @param incarnation 1 to 64 characters
    record AdmitServer(ServerId server, String incarnation) implements AdminCommand {
        /// Refuses an incarnation that is none.
        public AdmitServer {
            Checks.inRange("length of incarnation", incarnation.length(), 1, 64);
        }
    }

    /// Makes a server known with another data directory, because the one that it had is lost: an
    /// operator's command. The lost one must never run again; a server that still does halts.
    ///
    /// Repeated it changes nothing. Refused with `SERVER_REPLACED` unless `lost` is the one known.
    ///
    /// @param lost 1 to 64 characters
    /// @param incarnation 1 to 64 characters
    record ReplaceServer(ServerId server, String lost, String incarnation) implements AdminCommand {
        /// Refuses incarnations that are none.
        public ReplaceServer {
            Checks.inRange("length of lost incarnation", lost.length(), 1, 64);
            Checks.inRange("length of incarnation", incarnation.length(), 1, 64);
        }
    }

    /// Has history tell how the quorum has changed since it was noted last: a leader's command. Who
    /// asked for the change is the one who asks for this. Nothing is decided by it.
    ///
    /// Repeated it changes nothing.
    ///
    /// @param members all of them; 1 to 100, each once, by name
    record NoteMembers(List<MemberRecord> members) implements AdminCommand {
        /// Sorts them by name.
        public NoteMembers {
            Checks.inRange("members", members.size(), 1, 100);
            long servers = members.stream().map(MemberRecord::server).distinct().count();
            Checks.expect(servers == members.size(), "members", "each server once", members.size());
            members = members.stream().sorted(Comparator.comparing(MemberRecord::server)).toList();
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }
}
