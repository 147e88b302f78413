package io.staddle.api.codec;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.query.RecoveryAction;
import io.staddle.api.query.RecoveryDecision;

import java.util.Optional;

/// Codec of what a leader does about migrations.
public final class RecoveryCodec {
    private RecoveryCodec() {}

    /// Encodes a decision.
    public static io.staddle.api.v1.RecoveryDecision encode(RecoveryDecision decision) {
        var encoded =
                io.staddle.api.v1.RecoveryDecision.newBuilder()
                        .setMigration(decision.migration().value())
                        .setAction(
                                io.staddle.api.v1.RecoveryAction.valueOf(
                                        "RECOVERY_ACTION_" + decision.action().name()))
                        .setReason(decision.reason());
        decision.code().ifPresent(code -> encoded.setCode(MigrationCodec.encode(code)));
        return encoded.build();
    }

    /// Decodes a decision.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static RecoveryDecision decode(io.staddle.api.v1.RecoveryDecision decision) {
        Optional<AbortCode> code =
                decision.getCode() == io.staddle.api.v1.AbortCode.ABORT_CODE_UNSPECIFIED
                        ? Optional.empty()
                        : Optional.of(MigrationCodec.decode(decision.getCode()));
        return new RecoveryDecision(
                new MigrationId(decision.getMigration()),
                Constants.decode(RecoveryAction.class, "RECOVERY_ACTION_", decision.getAction()),
                code,
                decision.getReason());
    }
}
