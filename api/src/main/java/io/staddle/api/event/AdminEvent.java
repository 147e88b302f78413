package io.staddle.api.event;

import io.staddle.api.id.ServerId;
import io.staddle.api.model.MemberChangeKind;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.NotedChange;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What happened to Staddle itself.
public sealed interface AdminEvent extends Event {
    /// Settings changed.
    ///
    /// @param version the configuration's version afterwards
    record ConfigChanged(Map<Setting, SettingValue> changes, long version) implements AdminEvent {
        /// Copies the map.
        public ConfigChanged {
            Map<Setting, SettingValue> copy = new EnumMap<>(Setting.class);
            copy.putAll(changes);
            changes = Collections.unmodifiableMap(copy);
        }
    }

    /// Newer rules are in force.
    record FeatureLevelRaised(int level) implements AdminEvent {}

    /// A server is known with its data directory.
    record ServerAdmitted(ServerId server, String incarnation) implements AdminEvent {}

    /// Who is in the quorum has changed since it was noted last. It is told once it is in effect.
    ///
    /// @param changes what became of whom, by name; empty if nothing was noted before
    /// @param members all of them afterwards, by name
    record MembersChanged(List<NotedChange> changes, List<MemberRecord> members)
            implements AdminEvent {
        /// Copies the lists.
        public MembersChanged {
            changes = List.copyOf(changes);
            members = List.copyOf(members);
        }

        /// History tells what counts. That a server is being added stands there as
        /// [ServerAdmitted], and who was there in the beginning has admitted itself.
        @Override
        public boolean isKept() {
            return changes.stream().anyMatch(each -> each.kind() != MemberChangeKind.LISTENS);
        }
    }
}
