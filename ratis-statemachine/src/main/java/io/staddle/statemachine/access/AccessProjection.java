package io.staddle.statemachine.access;

import io.staddle.api.event.AccessEvent;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

/// Records who may do what. It never refuses.
public final class AccessProjection {
    private AccessProjection() {}

    /// Records one event.
    public static void record(AccessEvent event, Batch batch) {
        switch (event) {
            case AccessEvent.IdentityCreated(var identity) ->
                    batch.insert(Schema.IDENTITIES, identity.name(), identity);
            case AccessEvent.RolesChanged(var identity) ->
                    batch.update(Schema.IDENTITIES, identity.name(), identity);
            case AccessEvent.IdentityRevoked(var name) -> batch.delete(Schema.IDENTITIES, name);
        }
    }
}
