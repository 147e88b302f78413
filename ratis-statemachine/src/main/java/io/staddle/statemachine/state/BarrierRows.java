package io.staddle.statemachine.state;

import io.staddle.api.codec.BarrierCodec;
import io.staddle.api.codec.ScopeCodec;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Participation;
import io.staddle.statemachine.v1.ScopeLeaseRow;
import io.staddle.storage.Codec;

/// Codecs of the rows of scopes and their barriers.
final class BarrierRows {
    static final Codec<BarrierScope> SCOPE =
            RowCodecs.of(
                    ScopeCodec::encode,
                    io.staddle.api.v1.BarrierScope.parser(),
                    ScopeCodec::decode);

    static final Codec<ScopeLease> LEASE =
            RowCodecs.of(
                    lease ->
                            ScopeLeaseRow.newBuilder()
                                    .setLeaseMillis(lease.leaseMillis())
                                    .setUntilMillis(lease.untilMillis())
                                    .build(),
                    ScopeLeaseRow.parser(),
                    row -> new ScopeLease(row.getLeaseMillis(), row.getUntilMillis()));

    static final Codec<BarrierRecord> BARRIER =
            RowCodecs.of(
                    BarrierCodec::encode, io.staddle.api.v1.Barrier.parser(), BarrierCodec::decode);

    static final Codec<Participation> PARTICIPANT =
            RowCodecs.of(
                    BarrierCodec::encode,
                    io.staddle.api.v1.BarrierParticipant.parser(),
                    BarrierCodec::decode);

    private BarrierRows() {}
}
