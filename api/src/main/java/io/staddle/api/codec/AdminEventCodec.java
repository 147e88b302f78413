package io.staddle.api.codec;

import io.staddle.api.event.AdminEvent;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;
import io.staddle.api.v1.ConfigChanged;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.FeatureLevelRaised;
import io.staddle.api.v1.MembersChanged;
import io.staddle.api.v1.ServerAdmitted;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/// Codec of what happened to Staddle itself.
final class AdminEventCodec {
    private AdminEventCodec() {}

    static void encode(AdminEvent event, EventBody.Builder to) {
        switch (event) {
            case AdminEvent.ConfigChanged(var changes, var version) -> {
                ConfigChanged.Builder changed = to.getConfigChangedBuilder().setVersion(version);
                // These bytes are in the digest of the history: by key, and not as the enum stands.
                changes.entrySet().stream()
                        .sorted(Comparator.comparing(each -> each.getKey().key()))
                        .forEach(each ->
                                changed.putChanges(
                                        each.getKey().key(), each.getValue().toString()));
            }
            case AdminEvent.FeatureLevelRaised(var level) ->
                    to.getFeatureLevelRaisedBuilder().setLevel(level);
            case AdminEvent.ServerAdmitted(var server, var incarnation) ->
                    to.getServerAdmittedBuilder()
                            .setServer(server.value())
                            .setIncarnation(incarnation);
            case AdminEvent.MembersChanged(var changes, var members) ->
                    to.getMembersChangedBuilder()
                            .addAllChanges(changes.stream().map(MemberCodec::encode).toList())
                            .addAllMembers(MemberCodec.encode(members));
        }
    }

    static AdminEvent decode(ConfigChanged e) {
        Map<Setting, SettingValue> changes = new EnumMap<>(Setting.class);
        e.getChangesMap()
                .forEach((key, value) ->
                        Setting.of(key).ifPresent(s -> changes.put(s, s.parse(value))));
        return new AdminEvent.ConfigChanged(changes, e.getVersion());
    }

    static AdminEvent decode(FeatureLevelRaised e) {
        return new AdminEvent.FeatureLevelRaised(e.getLevel());
    }

    static AdminEvent decode(ServerAdmitted e) {
        return new AdminEvent.ServerAdmitted(new ServerId(e.getServer()), e.getIncarnation());
    }

    static AdminEvent decode(MembersChanged e) {
        return new AdminEvent.MembersChanged(
                e.getChangesList().stream().map(MemberCodec::decode).toList(),
                MemberCodec.decode(e.getMembersList()));
    }
}
