package io.staddle.server.raft;

import io.staddle.server.config.ServerConfig;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;

/// What Ratis is told about certificates: nobody but the other servers gets a connection to it, not
/// even who would only ask it something.
final class RaftTls {
    private RaftTls() {}

    static Parameters of(ServerConfig config) {
        Parameters parameters = new Parameters();
        config.tls()
                .map(tls -> new GrpcTlsConfig(tls.peerKeys(), tls.peerTrust(), true))
                .ifPresent(tls -> {
                    GrpcConfigKeys.TLS.setConf(parameters, tls);
                    GrpcConfigKeys.Admin.setTlsConf(parameters, tls);
                    GrpcConfigKeys.Client.setTlsConf(parameters, tls);
                    GrpcConfigKeys.Server.setTlsConf(parameters, tls);
                });
        return parameters;
    }
}
