package io.staddle.server.access;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Role;

/// What it takes to be allowed something.
public sealed interface Need {
    /// Nothing: whoever reaches the server.
    record Nothing() implements Need {
        @Override
        public String toString() {
            return "none";
        }
    }

    /// To be known, whatever the roles.
    record BeingKnown() implements Need {
        @Override
        public String toString() {
            return "any";
        }
    }

    /// Any role.
    record Reading() implements Need {
        @Override
        public String toString() {
            return "reader";
        }
    }

    /// To be the owner of one cluster.
    record Owning(ClusterId cluster) implements Need {
        @Override
        public String toString() {
            return "owner:" + cluster;
        }
    }

    /// To be the owner of some cluster: what is asked for is of none.
    record OwningAny() implements Need {
        @Override
        public String toString() {
            return "owner:CLUSTER, of any";
        }
    }

    /// To be an operator.
    record Operating() implements Need {
        @Override
        public String toString() {
            return "operator";
        }
    }

    /// To be an administrator.
    record Administering() implements Need {
        @Override
        public String toString() {
            return "admin";
        }
    }

    /// To be a server of the deployment.
    record Serving() implements Need {
        @Override
        public String toString() {
            return "that of a server, which is none for people";
        }
    }

    /// Tells whether somebody meets it.
    default boolean isMetBy(Principal who) {
        return switch (this) {
            case Nothing _ -> true;
            case BeingKnown _ -> !(who instanceof Principal.Nobody);
            case Serving _ -> who instanceof Principal.Server;
            case Reading _, Owning _, OwningAny _, Operating _, Administering _ ->
                    who.roles().stream().anyMatch(this::isMetBy);
        };
    }

    private boolean isMetBy(Role role) {
        return switch (role) {
            case Role.Admin _ -> true;
            case Role.Operator _ -> !(this instanceof Administering);
            case Role.Owner(var cluster) -> isMetByOwner(cluster);
            case Role.Reader _ -> this instanceof Reading;
        };
    }

    private boolean isMetByOwner(ClusterId cluster) {
        return switch (this) {
            case Owning(var needed) -> needed.equals(cluster);
            case Reading _, OwningAny _ -> true;
            case Nothing _, BeingKnown _, Serving _, Operating _, Administering _ -> false;
        };
    }
}
