package io.staddle.client.migration;

import io.staddle.api.id.GroupId;
import io.staddle.api.model.Removal;

/// What the data plane of a node does for migrations. A [MigrationAgent] calls it, on the source
/// and on the target at the same time, more than once, and sometimes late: each call is idempotent,
/// and its answer tells what is in effect in the whole group, not on this node alone.
///
/// **The fence.** Per vShard the data plane keeps two numbers where its data is, durably and for
/// the whole group: the highest that it has *seen*, and the highest that is *over*. It answers
/// [Effect.Fenced], and changes nothing,
///
/// - to [#addLearner], [#promote], [#pauseWrites] and [#transferLeadership] of a number that is
///   over, or lower than one seen;
/// - to [#pauseWrites] also after [#resumeWrites] of the same number: it is not paused again;
/// - to [#resumeWrites] and [#removeMember] of a number lower than one seen.
///
/// [#fence] makes a number, and all before it, over: once it was answered with [Effect.Done] no
/// call of them changes anything any more, wherever it was held up; not even one that another node
/// had begun. That is what Staddle is told, and what it relies on. Only [#resumeWrites] and
/// [#removeMember] of the highest number still do what they say, as they bring back what was.
///
/// A call may block for some seconds. If it throws, nothing is known, and it is repeated. Calls of
/// one move come one after the other from each agent, those of different moves at the same time.
///
/// `MigrationDataPlaneConformance`, in the module `client-conformance`, tests all of this.
public interface MigrationDataPlane {
    /// Has the target get all data of the group, without a vote. One that is a member stays what it
    /// is.
    Effect addLearner(Move move);

    /// Tells how far the target has got. Changes nothing, and is not fenced.
    DataProgress progress(Move move);

    /// Has the target vote.
    Effect promote(Move move);

    /// Lets no write of the vShard take effect from now on, whoever it comes from: what
    /// [#progress] says from then on is about the last one that did.
    Effect pauseWrites(Move move);

    /// Has the target lead the group, if that is not so.
    Effect transferLeadership(Move move);

    /// Lets writes of the vShard take effect, of that holder and in that epoch alone. The epoch
    /// never falls: under a higher one it changes nothing.
    Effect resumeWrites(Move move, Serving serving);

    /// Has the target be what it was before the move, unless another move has made it what it is.
    Effect removeMember(Move move);

    /// Makes the move over. Never answered with [Effect.Fenced].
    Effect fence(Move move);

    /// Has a node be in its group no more: it neither votes nor learns there, and its own data of
    /// the group may go. Never the only one that votes.
    ///
    /// It is fenced by the version of the removal. Of each node the data plane keeps, durably and
    /// for the whole group, the highest that it has seen; a lower one is answered with
    /// [Effect.Fenced] and changes nothing. The same one takes the node out once: Staddle makes it
    /// a member again only after [Effect.Done], and then no call of this that was held up takes it
    /// out again.
    Effect leave(GroupId group, Removal removal);
}
