package io.staddle.api.model;

import io.staddle.api.id.ClusterId;

/// What somebody may do. Each may do what those before it may.
public sealed interface Role {
    /// Reads everything, and watches.
    record Reader() implements Role {
        @Override
        public String toString() {
            return "reader";
        }
    }

    /// Acts for a cluster: beats, owns grains, takes and makes up for writes, votes on barriers.
    record Owner(ClusterId cluster) implements Role {
        @Override
        public String toString() {
            return "owner:" + cluster;
        }
    }

    /// Acts for all clusters and data nodes: registers and moves them.
    record Operator() implements Role {
        @Override
        public String toString() {
            return "operator";
        }
    }

    /// Changes Staddle itself: its settings and servers, and who may do what.
    record Admin() implements Role {
        @Override
        public String toString() {
            return "admin";
        }
    }
}
