package io.staddle.statemachine.state;

import io.staddle.api.codec.GhostCodec;
import io.staddle.api.codec.MigrationCodec;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationRecord;
import io.staddle.storage.Codec;

/// Codecs of the rows of migrations and ghosts.
final class MigrationRows {
    static final Codec<MigrationRecord> MIGRATION =
            RowCodecs.of(
                    MigrationCodec::encode,
                    io.staddle.api.v1.Migration.parser(),
                    MigrationCodec::decode);

    static final Codec<MigrationCheckpoint> CHECKPOINT =
            RowCodecs.of(
                    MigrationCodec::encode,
                    io.staddle.api.v1.MigrationCheckpoint.parser(),
                    MigrationCodec::decode);

    static final Codec<Ghost> GHOST =
            RowCodecs.of(GhostCodec::encode, io.staddle.api.v1.Ghost.parser(), GhostCodec::decode);

    private MigrationRows() {}
}
