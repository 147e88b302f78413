package io.staddle.server.access;

import io.staddle.api.id.ServerId;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Role;

import java.util.List;

/// Whoever calls, as far as that is proved.
public sealed interface Principal {
    /// The name in history; empty for nobody.
    String actor();

    /// What they may do.
    List<Role> roles();

    /// Returns who is recorded as the one who asked: who is proved, and what they call themselves
    /// besides.
    default Origin vouch(Origin said) {
        String proved = actor();
        if (proved.isEmpty() || said.actor().equals(proved)) {
            return said;
        }
        String actor = said.actor().isBlank() ? proved : proved + " (as " + said.actor() + ")";
        return new Origin(cut(actor), said.reason(), said.requestId());
    }

    /// Nobody in particular: nothing is proved.
    record Nobody() implements Principal {
        @Override
        public String actor() {
            return "";
        }

        @Override
        public List<Role> roles() {
            return List.of();
        }
    }

    /// A server of the deployment, and who has its key: they could do everything anyway.
    record Server(ServerId id) implements Principal {
        @Override
        public String actor() {
            return "staddle/" + id;
        }

        @Override
        public List<Role> roles() {
            return List.of(new Role.Admin());
        }
    }

    /// An identity of the replicated state.
    record Known(Identity identity) implements Principal {
        @Override
        public String actor() {
            return identity.name().value();
        }

        @Override
        public List<Role> roles() {
            return identity.roles();
        }
    }

    private static String cut(String actor) {
        return actor.substring(0, Math.min(Origin.MAX_LENGTH, actor.length()));
    }
}
