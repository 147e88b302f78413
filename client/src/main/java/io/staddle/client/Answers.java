package io.staddle.client;

import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.HealthCodec;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.codec.PlanCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Pause;
import io.staddle.api.query.ClusterOverview;
import io.staddle.api.query.FenceCheck;
import io.staddle.api.query.GrainCount;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.ChangeMembersAnswer;
import io.staddle.api.v1.CheckFenceAnswer;
import io.staddle.api.v1.CountGrainsAnswer;
import io.staddle.api.v1.DigestAnswer;
import io.staddle.api.v1.ListClustersAnswer;
import io.staddle.api.v1.LookupAnswer;
import io.staddle.api.v1.Member;
import io.staddle.api.v1.PlanMoveAnswer;
import io.staddle.api.v1.QueryAnswer;

import java.util.List;
import java.util.Optional;

/// Codec of the answers to queries.
///
/// Every method throws an exception for what this version does not understand; the caller of the
/// client gets it as a [StaddleProtocolException].
final class Answers {
    private Answers() {}

    static Ownership ownership(ReadExchange.Answered answered) {
        QueryAnswer answer = answered.answer();
        check(answer, answer.hasLookup());
        return OwnershipCodec.decode(answer.getLookup());
    }

    static Observed<Ownership> observed(ReadExchange.Answered answered) {
        return new Observed<>(answered.header(), ownership(answered));
    }

    static Observed<Ownership> observed(LookupAnswer answer) {
        return new Observed<>(
                Requests.header(answer.getHeader()), OwnershipCodec.decode(answer.getOwnership()));
    }

    static FenceCheck fenceCheck(ReadExchange.Answered answered) {
        QueryAnswer answer = answered.answer();
        check(answer, answer.hasCheckFence());
        CheckFenceAnswer checked = answer.getCheckFence();
        return new FenceCheck(checked.getValid(), OwnershipCodec.decode(checked.getCurrent()));
    }

    static List<GrainCount> counts(CountGrainsAnswer answer) {
        return answer.getCountsList().stream().map(Answers::count).toList();
    }

    static Observed<ClusterOverview> clusters(ListClustersAnswer answer) {
        Optional<Pause> pause =
                answer.hasPause()
                        ? Optional.of(HealthCodec.decode(answer.getPause()))
                        : Optional.empty();
        return new Observed<>(
                Requests.header(answer.getHeader()),
                new ClusterOverview(
                        answer.getClustersList().stream().map(ClusterCodec::decodeSummary).toList(),
                        HealthCodec.decode(answer.getPrimacy()),
                        pause));
    }

    /// Throws what an answer to a query has instead of one.
    static void throwIf(boolean isRefused, io.staddle.api.v1.Refusal why) {
        if (isRefused) {
            throw new StaddleRefusedException(RefusalCodec.decode(why));
        }
    }

    static BeatReply beat(BeatAnswer answer) {
        return answer.hasRefusal()
                ? new BeatReply.Refused(RefusalCodec.decode(answer.getRefusal()))
                : new BeatReply.Taken(
                        ClusterCodec.decode(answer.getCluster()),
                        HealthCodec.decode(answer.getPrimacy()),
                        new BeatReply.Terms(
                                answer.getBeatIntervalMillis(),
                                answer.getSuspectAfterMillis(),
                                answer.getGraceMillis()),
                        answer.getLeadershipAgeMillis());
    }

    static Preview preview(PlanMoveAnswer answer) {
        return answer.hasRefusal()
                ? new Preview.Refused(RefusalCodec.decode(answer.getRefusal()))
                : new Preview.Planned(PlanCodec.decode(answer.getPlan()));
    }

    static ServerReports.Digest digest(DigestAnswer answer) {
        Optional<String> recomputed =
                Optional.of(answer.getRecomputed()).filter(text -> !text.isEmpty());
        return new ServerReports.Digest(
                answer.getServer(),
                answer.getIndex(),
                answer.getDigest(),
                recomputed,
                answer.getAgreedIndex(),
                answer.getDifferingList());
    }

    static ServerDescription description(io.staddle.api.v1.ServerDescription answer) {
        return new ServerDescription(
                answer.getServer(),
                new ServerDescription.Addresses(answer.getApiAddress(), answer.getRaftAddress()),
                answer.getRole(),
                answer.getLeader(),
                answer.getLeaderApiAddress(),
                new ServerDescription.Log(
                        answer.getTerm(),
                        answer.getAppliedIndex(),
                        answer.getCommitIndex(),
                        answer.getMatchIndexMap()),
                new ServerDescription.Storage(answer.getSnapshotIndex(), answer.getDataBytes()),
                new ServerDescription.Clock(
                        answer.getUptimeMillis(),
                        answer.getNowMillis(),
                        answer.getLogicalNowMillis()),
                answer.getVersion(),
                answer.getReady(),
                answer.getDeployment(),
                answer.getIncarnation(),
                answer.getPeersList(),
                answer.getMembersList().stream().map(Answers::member).toList(),
                new ServerDescription.Levels(answer.getNewestLevel(), answer.getFeatureLevel()));
    }

    /// Reads how a change of members ended. It has no place in the log of commands.
    static Result<List<ServerMember>> members(ChangeMembersAnswer answer) {
        return answer.hasRefusal()
                ? new Result.Refused<>(Revision.NONE, RefusalCodec.decode(answer.getRefusal()))
                : new Result.Done<>(
                        Revision.NONE,
                        answer.getMembersList().stream().map(Answers::member).toList());
    }

    private static ServerMember member(Member member) {
        return new ServerMember(
                member.getServer(),
                member.getApiAddress(),
                member.getRaftAddress(),
                member.getVotes(),
                member.getPriority(),
                member.getMatchIndex(),
                member.getSilentMillis(),
                member.getNewestLevel(),
                member.getVersion());
    }

    private static GrainCount count(io.staddle.api.v1.GrainCount count) {
        Optional<ClusterId> owner =
                Optional.of(count.getOwner()).filter(name -> !name.isEmpty()).map(ClusterId::new);
        return new GrainCount(new GrainType(count.getType()), owner, count.getGrains());
    }

    private static void check(QueryAnswer answer, boolean expected) {
        if (!expected) {
            String found =
                    answer.hasRefusal()
                            ? answer.getRefusal().getMessage()
                            : answer.getKindCase().name();
            throw new IllegalArgumentException(found);
        }
    }
}
