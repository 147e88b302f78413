package io.staddle.statemachine.access;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.AccessCommand.ChangeRoles;
import io.staddle.api.command.AccessCommand.CreateIdentity;
import io.staddle.api.command.AccessCommand.RevokeIdentity;
import io.staddle.api.event.AccessEvent;
import io.staddle.api.model.Identity;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Decides the commands about who may do what. Whether whoever asks may change that was decided
/// before, by the server that took the command.
public final class AccessRules {
    private AccessRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(AccessCommand command, Reads view) {
        Optional<Refusal> early = Levels.refuse(command, Configs.of(view).featureLevel());
        if (early.isPresent()) {
            return refuse(early.get());
        }
        return switch (command) {
            case CreateIdentity create -> create(create.identity(), view);
            case ChangeRoles change -> change(change, view);
            case RevokeIdentity revoke -> revoke(revoke, view);
        };
    }

    private static Decision create(Identity wanted, Reads view) {
        Optional<Identity> known = view.get(Schema.IDENTITIES, wanted.name());
        if (known.isEmpty()) {
            return accept(new Answer.Access(wanted), new AccessEvent.IdentityCreated(wanted));
        }
        return known.get().equals(wanted)
                ? accept(new Answer.Access(wanted))
                : refuse(
                        new Refusal.AlreadyExists(
                                "identity",
                                wanted.name().value(),
                                difference(known.get(), wanted)));
    }

    private static Decision change(ChangeRoles change, Reads view) {
        Optional<Identity> known = view.get(Schema.IDENTITIES, change.name());
        if (known.isEmpty()) {
            return refuse(new Refusal.NotFound("identity", change.name().value()));
        }
        Identity next = known.get().with(change.add(), change.remove());
        return next.equals(known.get())
                ? accept(new Answer.Access(next))
                : accept(new Answer.Access(next), new AccessEvent.RolesChanged(next));
    }

    private static Decision revoke(RevokeIdentity revoke, Reads view) {
        return view.get(Schema.IDENTITIES, revoke.name()).isEmpty()
                ? accept(new Answer.Noted())
                : accept(new Answer.Noted(), new AccessEvent.IdentityRevoked(revoke.name()));
    }

    /// In words, without what is kept of a secret.
    private static String difference(Identity known, Identity wanted) {
        if (!known.credential().equals(wanted.credential())) {
            return "another token or certificate";
        }
        return known.roles().equals(wanted.roles()) ? "another expiry" : "roles " + known.roles();
    }
}
