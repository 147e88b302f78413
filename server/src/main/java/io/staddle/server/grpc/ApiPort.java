package io.staddle.server.grpc;

import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.tls.Tls;
import io.staddle.server.tls.TlsSettings;

import java.net.InetSocketAddress;

/// Where a server listens for clients: with TLS alone if it has certificates, else without.
public final class ApiPort {
    private ApiPort() {}

    /// Begins a server that listens there.
    public static ServerBuilder of(ServerConfig config) {
        InetSocketAddress address = config.api().socketAddress();
        ServerBuilder server = Server.builder().bossGroupFactory(Acceptor::named);
        return config.tls()
                .map(tls ->
                        server.https(address)
                                // The certificates are chosen and renewed in the JDK's way.
                                .tlsEngineType(TlsEngineType.JDK)
                                .tls(tls.apiKeys())
                                .decorator(new StrangerGate(tls))
                                .tlsCustomizer(engine -> customize(engine, tls)))
                .orElseGet(() -> server.http(address));
    }

    private static void customize(SslContextBuilder engine, Tls tls) {
        engine.trustManager(tls.apiTrust())
                .clientAuth(clientAuth(tls.clientAuth()))
                .protocols(Tls.PROTOCOLS);
    }

    /// Servers always show a certificate, so they are asked for one even if clients need none.
    private static ClientAuth clientAuth(TlsSettings.ClientAuth wanted) {
        return switch (wanted) {
            case NONE, OPTIONAL -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
    }
}
