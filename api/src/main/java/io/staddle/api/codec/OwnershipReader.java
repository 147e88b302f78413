package io.staddle.api.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Ownership;
import io.staddle.api.v1.Grain;
import io.staddle.api.v1.Ownership.State;
import io.staddle.api.v1.Revision;

import java.io.IOException;
import java.util.Optional;

/// Reads who owns grains from bytes, one after the other, without a message object for each; what
/// it makes is what [OwnershipCodec] makes.
///
/// Most of a list have type and owner in common with the one before, so these are kept. For one
/// thread.
final class OwnershipReader {
    private static final int VARINT = WireFormat.WIRETYPE_VARINT;
    private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private static final int GRAIN = io.staddle.api.v1.Ownership.GRAIN_FIELD_NUMBER << 3 | BYTES;
    private static final int STATE = io.staddle.api.v1.Ownership.STATE_FIELD_NUMBER << 3 | VARINT;
    private static final int OWNER = io.staddle.api.v1.Ownership.OWNER_FIELD_NUMBER << 3 | BYTES;
    private static final int EPOCH = io.staddle.api.v1.Ownership.EPOCH_FIELD_NUMBER << 3 | VARINT;
    private static final int FENCE = io.staddle.api.v1.Ownership.FENCE_FIELD_NUMBER << 3 | VARINT;
    private static final int SINCE = io.staddle.api.v1.Ownership.SINCE_FIELD_NUMBER << 3 | BYTES;
    private static final int SINCE_MILLIS =
            io.staddle.api.v1.Ownership.SINCE_MILLIS_FIELD_NUMBER << 3 | VARINT;
    private static final int LEASE_UNTIL_MILLIS =
            io.staddle.api.v1.Ownership.LEASE_UNTIL_MILLIS_FIELD_NUMBER << 3 | VARINT;
    private static final int HOLDING =
            io.staddle.api.v1.Ownership.HOLDING_FIELD_NUMBER << 3 | VARINT;

    private static final int GRAIN_TYPE = Grain.TYPE_FIELD_NUMBER << 3 | BYTES;
    private static final int GRAIN_KEY = Grain.KEY_FIELD_NUMBER << 3 | BYTES;
    private static final int REVISION_INDEX = Revision.INDEX_FIELD_NUMBER << 3 | VARINT;
    private static final int REVISION_ORDINAL = Revision.ORDINAL_FIELD_NUMBER << 3 | VARINT;

    private final CodedInputStream from;
    private final Field ownership = this::readOwnership;
    private final Field grain = this::readGrain;
    private final Field since = this::readSince;
    private Optional<GrainType> lastType = Optional.empty();
    private Optional<ClusterId> lastOwner = Optional.empty();

    // What has come of the one that is being read.
    private String type = "";
    private String key = "";
    private int state;
    private String owner = "";
    private long epoch;
    private long fence;
    private long sinceIndex;
    private int sinceOrdinal;
    private long sinceMillis;
    private long leaseUntilMillis;
    private long holding;

    OwnershipReader(CodedInputStream from) {
        this.from = from;
    }

    /// Reads the next one, which stands there as a field of a message: its length and its bytes.
    ///
    /// @throws IOException if these are no message
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    Ownership next() throws IOException {
        clear();
        readMessage(ownership);
        return made();
    }

    private void readMessage(Field field) throws IOException {
        int end = from.pushLimit(from.readRawVarint32());
        boolean more = true;
        while (more) {
            more = field.read(from.readTag());
        }
        from.popLimit(end);
    }

    private boolean readOwnership(int tag) throws IOException {
        switch (tag) {
            case 0 -> {
                return false; // the end
            }
            case GRAIN -> readMessage(grain);
            case STATE -> state = from.readEnum();
            case OWNER -> owner = from.readStringRequireUtf8();
            case EPOCH -> epoch = from.readInt64();
            case FENCE -> fence = from.readInt64();
            case SINCE -> readMessage(since);
            case SINCE_MILLIS -> sinceMillis = from.readInt64();
            case LEASE_UNTIL_MILLIS -> leaseUntilMillis = from.readInt64();
            case HOLDING -> holding = from.readInt64();
            default -> from.skipField(tag);
        }
        return true;
    }

    private boolean readGrain(int tag) throws IOException {
        switch (tag) {
            case 0 -> {
                return false; // the end
            }
            case GRAIN_TYPE -> type = from.readStringRequireUtf8();
            case GRAIN_KEY -> key = from.readStringRequireUtf8();
            default -> from.skipField(tag);
        }
        return true;
    }

    private boolean readSince(int tag) throws IOException {
        switch (tag) {
            case 0 -> {
                return false; // the end
            }
            case REVISION_INDEX -> sinceIndex = from.readInt64();
            case REVISION_ORDINAL -> sinceOrdinal = from.readInt32();
            default -> from.skipField(tag);
        }
        return true;
    }

    private void clear() {
        type = "";
        key = "";
        state = 0;
        owner = "";
        epoch = 0;
        fence = 0;
        sinceIndex = 0;
        sinceOrdinal = 0;
        sinceMillis = 0;
        leaseUntilMillis = 0;
        holding = 0;
    }

    private Ownership made() {
        State known = State.forNumber(state);
        return new OwnershipParts(
                        new GrainId(typeOf(type), key),
                        known == null ? State.UNRECOGNIZED : known,
                        owner,
                        epoch,
                        fence,
                        sinceIndex,
                        sinceOrdinal,
                        sinceMillis,
                        leaseUntilMillis,
                        holding)
                .toOwnership(this::clusterOf);
    }

    private GrainType typeOf(String name) {
        if (lastType.isEmpty() || !lastType.get().name().equals(name)) {
            lastType = Optional.of(new GrainType(name));
        }
        return lastType.get();
    }

    private ClusterId clusterOf(String name) {
        if (lastOwner.isEmpty() || !lastOwner.get().value().equals(name)) {
            lastOwner = Optional.of(new ClusterId(name));
        }
        return lastOwner.get();
    }

    /// Reads the value of the field whose tag was read, or skips it; says whether there was one.
    @FunctionalInterface
    private interface Field {
        boolean read(int tag) throws IOException;
    }
}
