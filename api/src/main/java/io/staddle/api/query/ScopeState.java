package io.staddle.api.query;

import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;

import java.util.Optional;

/// A scope as it stands.
///
/// @param untilMillis until when nobody else can coordinate it, in logical time; 0 if anybody can
/// @param open its barrier that is not decided
public record ScopeState(BarrierScope scope, long untilMillis, Optional<BarrierRecord> open) {}
