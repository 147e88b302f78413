package io.staddle.server.config;

import io.staddle.api.id.ServerId;
import io.staddle.server.tls.Tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Everything that is set for one server. The keys in the file are those of [ConfigFile].
///
/// What must be the same on all servers for them to agree is not here but in the replicated
/// configuration (`staddle config`).
///
/// @param server key `server`: this server's name, one of `servers`
/// @param deployment key `deployment`: the name that all servers of the quorum share; 1 to 64
///     letters, digits and `. _ -`
/// @param data key `data`: the directory that `format` created
/// @param api key `api`: where to listen for clients; this server's entry in `servers` if not set
/// @param raft key `raft`: where to listen for the other servers; as for `api`
/// @param servers key `servers`: the quorum, this server included; 1 to 7, ids and addresses
///     unique
/// @param limits keys `limits.*`
/// @param election keys `election.*`
/// @param rocksdb keys `rocksdb.*`
/// @param snapshots keys `snapshot.*`
/// @param consoleOperates key `console.operate`: whether the web console may change anything;
///     default false
/// @param tls keys `tls.*`: the certificates of this server, and whom it trusts; none unless set
/// @param access key `access.mode`: whether callers must say who they are; default open
/// @param insecure key `insecure-i-understand`: listen on addresses that other machines reach,
///     though something is not encrypted or nobody authenticated; default false
/// @param tracing keys `tracing.*`
public record ServerConfig(
        ServerId server,
        String deployment,
        Path data,
        HostPort api,
        HostPort raft,
        List<ServerAddress> servers,
        Limits limits,
        Election election,
        RocksBudget rocksdb,
        Snapshots snapshots,
        boolean consoleOperates,
        Optional<Tls> tls,
        AccessMode access,
        boolean insecure,
        TraceSettings tracing) {
    /// Copies the list.
    public ServerConfig {
        servers = List.copyOf(servers);
    }

    /// Returns this server's addresses as the others know them.
    public ServerAddress self() {
        return address(server);
    }

    /// Returns the servers of the quorum without this one.
    public List<ServerAddress> others() {
        return servers.stream().filter(each -> !each.id().equals(server)).toList();
    }

    private ServerAddress address(ServerId id) {
        return servers.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ConfigException("server", "one of servers", id.value()));
    }
}
