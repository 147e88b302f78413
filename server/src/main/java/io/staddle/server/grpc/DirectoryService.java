package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.MoveCodec;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.FenceCheck;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.v1.Acquire;
import io.staddle.api.v1.AuditClaimsAnswer;
import io.staddle.api.v1.AuditClaimsRequest;
import io.staddle.api.v1.CheckFenceAnswer;
import io.staddle.api.v1.CheckFenceRequest;
import io.staddle.api.v1.Claim;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.CountGrainsAnswer;
import io.staddle.api.v1.CountGrainsRequest;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.ExplainGrainAnswer;
import io.staddle.api.v1.ExplainGrainRequest;
import io.staddle.api.v1.GrainCount;
import io.staddle.api.v1.Import;
import io.staddle.api.v1.ImportReleased;
import io.staddle.api.v1.ListFloorsAnswer;
import io.staddle.api.v1.ListFloorsRequest;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.ListGrainsRequest;
import io.staddle.api.v1.ListHoldingsAnswer;
import io.staddle.api.v1.ListHoldingsRequest;
import io.staddle.api.v1.ListPlacementsAnswer;
import io.staddle.api.v1.ListPlacementsRequest;
import io.staddle.api.v1.LookupAnswer;
import io.staddle.api.v1.LookupRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.Promote;
import io.staddle.api.v1.RaiseFloor;
import io.staddle.api.v1.Reassign;
import io.staddle.api.v1.Release;
import io.staddle.api.v1.Renew;
import io.staddle.api.v1.SetPlacement;
import io.staddle.statemachine.query.Queries;

/// Who owns what, since which epoch.
final class DirectoryService extends DirectoryGrpc.DirectoryImplBase {
    private final Commands commands;
    private final Reads reads;
    private final Explanations explanations;

    DirectoryService(Commands commands, Reads reads, Explanations explanations) {
        this.commands = commands;
        this.reads = reads;
        this.explanations = explanations;
    }

    @Override
    public void acquire(Acquire request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAcquire(request), observer);
    }

    @Override
    public void claim(Claim request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setClaim(request), observer);
    }

    @Override
    public void promote(Promote request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setPromote(request), observer);
    }

    @Override
    public void release(Release request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRelease(request), observer);
    }

    @Override
    public void renew(Renew request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRenew(request), observer);
    }

    @Override
    public void reassign(Reassign request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setReassign(request), observer);
    }

    @Override
    public void import_(Import request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setImport(request), observer);
    }

    @Override
    public void importReleased(ImportReleased request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setImportReleased(request), observer);
    }

    @Override
    public void raiseFloor(RaiseFloor request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRaiseFloor(request), observer);
    }

    @Override
    public void setPlacement(SetPlacement request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setSetPlacement(request), observer);
    }

    @Override
    public void lookup(LookupRequest request, StreamObserver<LookupAnswer> observer) {
        reads.point(() -> lookup(request), observer);
    }

    @Override
    public void checkFence(CheckFenceRequest request, StreamObserver<CheckFenceAnswer> observer) {
        reads.point(() -> checkFence(request), observer);
    }

    @Override
    public void listGrains(ListGrainsRequest request, StreamObserver<ListGrainsAnswer> observer) {
        reads.scan(() -> GrainPages.request(request, reads.limits()), observer);
    }

    @Override
    public void countGrains(
            CountGrainsRequest request, StreamObserver<CountGrainsAnswer> observer) {
        reads.point(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) ->
                                        count(request, new Queries(view))
                                                .setHeader(header)
                                                .build()),
                observer);
    }

    @Override
    public void listHoldings(
            ListHoldingsRequest request, StreamObserver<ListHoldingsAnswer> observer) {
        reads.scan(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) ->
                                        holdings(request.getOwner(), new Queries(view))
                                                .setHeader(header)
                                                .build()),
                observer);
    }

    @Override
    public void listFloors(ListFloorsRequest request, StreamObserver<ListFloorsAnswer> observer) {
        reads.point(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) ->
                                        floors(new Queries(view)).setHeader(header).build()),
                observer);
    }

    @Override
    public void listPlacements(
            ListPlacementsRequest request, StreamObserver<ListPlacementsAnswer> observer) {
        reads.point(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) ->
                                        placements(new Queries(view)).setHeader(header).build()),
                observer);
    }

    @Override
    public void explain(ExplainGrainRequest request, StreamObserver<ExplainGrainAnswer> observer) {
        reads.scan(() -> explanations.of(request), observer);
    }

    @Override
    public void auditClaims(
            AuditClaimsRequest request, StreamObserver<AuditClaimsAnswer> observer) {
        reads.scan(() -> ClaimsAudits.request(request), observer);
    }

    private static Reads.Request<LookupAnswer> lookup(LookupRequest request) {
        GrainId grain = ModelCodec.decode(request.getGrain());
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) ->
                        LookupAnswer.newBuilder()
                                .setHeader(header)
                                .setOwnership(
                                        OwnershipCodec.encode(new Queries(view).lookup(grain)))
                                .build());
    }

    private Reads.Request<CheckFenceAnswer> checkFence(CheckFenceRequest request) {
        GrainId grain = ModelCodec.decode(request.getGrain());
        ClusterId holder = new ClusterId(request.getHolder());
        Epoch epoch = new Epoch(request.getEpoch());
        return new Reads.Request<>(
                Consistency.LINEARIZABLE,
                1,
                (view, header) -> {
                    FenceCheck check =
                            reads.fences()
                                    .counted(new Queries(view).checkFence(grain, holder, epoch));
                    return CheckFenceAnswer.newBuilder()
                            .setHeader(header)
                            .setValid(check.valid())
                            .setCurrent(OwnershipCodec.encode(check.current()))
                            .build();
                });
    }

    private static CountGrainsAnswer.Builder count(CountGrainsRequest request, Queries queries) {
        CountGrainsAnswer.Builder answer = CountGrainsAnswer.newBuilder();
        long total = 0;
        for (io.staddle.api.query.GrainCount count : queries.counts()) {
            String owner = count.owner().map(ClusterId::value).orElse("");
            String type = count.type().name();
            if (matches(request.getOwner(), owner) && matches(request.getType(), type)) {
                total += count.grains();
                answer.addCounts(
                        GrainCount.newBuilder()
                                .setType(type)
                                .setOwner(owner)
                                .setGrains(count.grains()));
            }
        }
        return answer.setTotal(total);
    }

    private static ListHoldingsAnswer.Builder holdings(String owner, Queries queries) {
        ListHoldingsAnswer.Builder answer = ListHoldingsAnswer.newBuilder();
        for (HoldingCount count : queries.holdings()) {
            if (matches(owner, count.holding().owner().map(ClusterId::value).orElse(""))) {
                answer.addHoldings(MoveCodec.encode(count));
            }
        }
        return answer;
    }

    private static ListPlacementsAnswer.Builder placements(Queries queries) {
        ListPlacementsAnswer.Builder answer = ListPlacementsAnswer.newBuilder();
        queries.placements().forEach(each -> answer.addPlacements(ModelCodec.encode(each)));
        return answer;
    }

    private static ListFloorsAnswer.Builder floors(Queries queries) {
        ListFloorsAnswer.Builder answer = ListFloorsAnswer.newBuilder();
        queries.floors().forEach(floor -> answer.addFloors(ModelCodec.encode(floor)));
        return answer;
    }

    private static boolean matches(String asked, String found) {
        return asked.isEmpty() || asked.equals(found);
    }
}
