package io.staddle.api.codec;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Config;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingKind;
import io.staddle.api.model.SettingValue;
import io.staddle.api.model.Since;
import io.staddle.api.v1.Floor;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.Grant;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Codecs of the nouns that commands, events and answers share.
///
/// Every `decode…` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class ModelCodec {
    private ModelCodec() {}

    /// Encodes the name of a grain.
    public static Grain encode(GrainId grain) {
        return Grain.newBuilder().setType(grain.type().name()).setKey(grain.key()).build();
    }

    /// Decodes the name of a grain.
    public static GrainId decode(Grain grain) {
        return GrainId.of(grain.getType(), grain.getKey());
    }

    /// Encodes a place in the log.
    public static io.staddle.api.v1.Revision encode(Revision revision) {
        return io.staddle.api.v1.Revision.newBuilder()
                .setIndex(revision.index())
                .setOrdinal(revision.ordinal())
                .build();
    }

    /// Decodes a place in the log.
    public static Revision decode(io.staddle.api.v1.Revision revision) {
        return new Revision(revision.getIndex(), revision.getOrdinal());
    }

    /// Encodes who asked and why.
    public static io.staddle.api.v1.Origin encode(Origin origin) {
        if (origin.equals(Origin.NONE)) {
            return io.staddle.api.v1.Origin.getDefaultInstance();
        }
        return io.staddle.api.v1.Origin.newBuilder()
                .setActor(origin.actor())
                .setReason(origin.reason())
                .setRequestId(origin.requestId())
                .build();
    }

    /// Decodes who asked and why.
    public static Origin decode(io.staddle.api.v1.Origin origin) {
        if (origin.getSerializedSize() == 0) {
            return Origin.NONE;
        }
        return new Origin(origin.getActor(), origin.getReason(), origin.getRequestId());
    }

    /// Encodes a placement.
    public static io.staddle.api.v1.Placement encode(Placement placement) {
        return io.staddle.api.v1.Placement.newBuilder()
                .setType(placement.type().name())
                .addAllAllowed(placement.allowed().stream().map(ClusterId::value).toList())
                .setVersion(placement.version())
                .build();
    }

    /// Decodes a placement.
    public static Placement decode(io.staddle.api.v1.Placement placement) {
        return new Placement(
                new GrainType(placement.getType()),
                clusters(placement.getAllowedList()),
                placement.getVersion());
    }

    /// Encodes a configuration, with all settings and their ranges.
    public static io.staddle.api.v1.Config encode(Config config) {
        io.staddle.api.v1.Config.Builder encoded =
                io.staddle.api.v1.Config.newBuilder()
                        .setVersion(config.version())
                        .setFeatureLevel(config.featureLevel());
        for (Setting setting : Setting.values()) {
            io.staddle.api.v1.Setting.Builder each =
                    encoded.addSettingsBuilder()
                            .setKey(setting.key())
                            .setValue(config.value(setting).toString())
                            .setDefaultValue(setting.defaultValue().toString());
            switch (setting.kind()) {
                case SettingKind.Amount(var standard, var min, var max, var unit) ->
                        each.setUnit(unit).setMin(min).setMax(max);
                case SettingKind.Clusters(var max) -> each.setUnit("clusters").setMax(max);
            }
        }
        return encoded.build();
    }

    /// Decodes a configuration; settings of newer servers are left out.
    public static Config decode(io.staddle.api.v1.Config config) {
        Map<Setting, SettingValue> changed = new EnumMap<>(Setting.class);
        for (io.staddle.api.v1.Setting each : config.getSettingsList()) {
            Setting.of(each.getKey())
                    .ifPresent(setting -> changed.put(setting, setting.parse(each.getValue())));
        }
        return new Config(changed, config.getVersion(), config.getFeatureLevel());
    }

    /// Encodes a grant.
    public static Grant encode(Answer.Grant grant) {
        return Grant.newBuilder()
                .setGrain(encode(grant.grain()))
                .setOwner(grant.owner().value())
                .setEpoch(grant.epoch().value())
                .setFence(grant.fence().value())
                .setSince(encode(grant.since()))
                .setLeaseUntilMillis(grant.leaseUntilMillis())
                .build();
    }

    /// Decodes a grant.
    public static Answer.Grant decode(Grant grant) {
        return new Answer.Grant(
                decode(grant.getGrain()),
                new ClusterId(grant.getOwner()),
                new Epoch(grant.getEpoch()),
                new Fence(grant.getFence()),
                decode(grant.getSince()),
                grant.getLeaseUntilMillis());
    }

    static Since since(io.staddle.api.v1.Revision revision, long atMillis) {
        return new Since(decode(revision), atMillis);
    }

    static HoldingId holding(long value) {
        return new HoldingId(value);
    }

    static List<ClusterId> clusters(List<String> names) {
        return names.stream().map(ClusterId::new).toList();
    }

    /// Encodes a floor.
    public static Floor encode(Answer.Floor floor) {
        return Floor.newBuilder()
                .setType(floor.type().name())
                .setEpoch(floor.epoch().value())
                .build();
    }

    /// Decodes a floor.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static Answer.Floor decode(Floor floor) {
        return new Answer.Floor(new GrainType(floor.getType()), new Epoch(floor.getEpoch()));
    }
}
