package io.staddle.client.migration;

import io.staddle.api.model.NodeRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.Result;
import io.staddle.client.RoutingAdmin;

import java.util.Optional;

/// Keeps a data node known and heard: it registers, beats, and finds out when another life of the
/// node has taken over. One thread calls [#beat].
final class NodePulse {
    private final NodeLife life;
    private final RoutingAdmin routing;
    private final Runnable superseded;
    private boolean registered;

    /// @param superseded called once a later life of the node is known
    NodePulse(NodeLife life, RoutingAdmin routing, Runnable superseded) {
        this.life = life;
        this.routing = routing;
        this.superseded = superseded;
    }

    /// Registers unless that is done, and beats. It throws what [RoutingAdmin] throws.
    void beat() {
        if (!registered) {
            register();
        }
        if (registered) {
            routing.beat(life.node(), life.incarnation()).ifPresent(this::refused);
        }
    }

    private void register() {
        Result<NodeRecord> result =
                routing.registerNode(life.node(), life.address(), life.incarnation());
        switch (result) {
            case Result.Done<NodeRecord> done -> registered = true;
            case Result.Refused<NodeRecord> refused -> refused(refused.why());
            case Result.Unknown<NodeRecord> unknown -> {}
        }
    }

    private void refused(Refusal why) {
        registered = false;
        if (laterLife(why).isPresent()) {
            superseded.run();
        }
    }

    private Optional<Long> laterLife(Refusal why) {
        return why instanceof Refusal.StaleIncarnation stale && stale.current() > life.incarnation()
                ? Optional.of(stale.current())
                : Optional.empty();
    }
}
