package io.staddle.api.query;

import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.Participation;

import java.util.List;

/// A barrier and who takes part in it.
///
/// @param participants sorted by node
public record BarrierDetails(BarrierRecord barrier, List<Participation> participants) {
    /// Copies the list.
    public BarrierDetails {
        participants = List.copyOf(participants);
    }
}
