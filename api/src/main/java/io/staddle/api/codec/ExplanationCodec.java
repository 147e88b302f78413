package io.staddle.api.codec;

import io.staddle.api.query.Explanation;
import io.staddle.api.query.Prospect;

/// Codec of explanations.
public final class ExplanationCodec {
    private ExplanationCodec() {}

    /// Encodes it.
    public static io.staddle.api.v1.Explanation encode(Explanation explanation) {
        io.staddle.api.v1.Explanation.Builder encoded =
                io.staddle.api.v1.Explanation.newBuilder().setMoreCauses(explanation.moreCauses());
        explanation.causes().forEach(each -> encoded.addCauses(EventCodec.encode(each)));
        explanation.prospects().forEach(each -> encoded.addProspects(encode(each)));
        return encoded.build();
    }

    /// Decodes it.
    public static Explanation decode(io.staddle.api.v1.Explanation encoded) {
        return new Explanation(
                encoded.getCausesList().stream().map(EventCodec::decode).toList(),
                encoded.getMoreCauses(),
                encoded.getProspectsList().stream().map(ExplanationCodec::decode).toList());
    }

    private static io.staddle.api.v1.Prospect encode(Prospect prospect) {
        return io.staddle.api.v1.Prospect.newBuilder()
                .setAction(prospect.action())
                .setOutcome(prospect.outcome())
                .addAllHeldBy(prospect.heldBy().stream().map(RefusalCodec::encode).toList())
                .setDueMillis(prospect.dueMillis())
                .setCommand(prospect.command())
                .build();
    }

    private static Prospect decode(io.staddle.api.v1.Prospect encoded) {
        return new Prospect(
                encoded.getAction(),
                encoded.getOutcome(),
                encoded.getHeldByList().stream().map(RefusalCodec::decode).toList(),
                encoded.getDueMillis(),
                encoded.getCommand());
    }
}
