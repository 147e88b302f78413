package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.AccessCodec;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Role;
import io.staddle.api.v1.AccessGrpc;
import io.staddle.api.v1.ChangeRoles;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.CreateIdentity;
import io.staddle.api.v1.ListIdentitiesAnswer;
import io.staddle.api.v1.ListIdentitiesRequest;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.RevokeIdentity;
import io.staddle.api.v1.WhoAmIAnswer;
import io.staddle.api.v1.WhoAmIRequest;
import io.staddle.server.access.Access;
import io.staddle.server.access.Principal;
import io.staddle.statemachine.state.Schema;

/// Who may do what.
final class AccessService extends AccessGrpc.AccessImplBase {
    private final Commands commands;
    private final Reads reads;
    private final Access access;

    AccessService(Commands commands, Reads reads, Access access) {
        this.commands = commands;
        this.reads = reads;
        this.access = access;
    }

    @Override
    public void createIdentity(CreateIdentity request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setCreateIdentity(request), observer);
    }

    @Override
    public void changeRoles(ChangeRoles request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setChangeRoles(request), observer);
    }

    @Override
    public void revokeIdentity(RevokeIdentity request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRevokeIdentity(request), observer);
    }

    @Override
    public void list(ListIdentitiesRequest request, StreamObserver<ListIdentitiesAnswer> observer) {
        reads.point(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) ->
                                        ListIdentitiesAnswer.newBuilder()
                                                .setHeader(header)
                                                .addAllIdentities(
                                                        view.values(Schema.IDENTITIES).stream()
                                                                .map(AccessCodec::encode)
                                                                .toList())
                                                .build()),
                observer);
    }

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIAnswer> observer) {
        Principal caller = Access.caller();
        WhoAmIAnswer.Builder answer =
                WhoAmIAnswer.newBuilder()
                        .setActor(caller.actor())
                        .addAllRoles(caller.roles().stream().map(Role::toString).toList())
                        .setEnforced(access.isEnforced());
        if (caller instanceof Principal.Known(Identity identity)) {
            answer.setExpiresMillis(identity.expiresMillis());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }
}
