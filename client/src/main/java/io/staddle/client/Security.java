package io.staddle.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.util.AdvancedTlsX509KeyManager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How connections are protected, and by what the servers know who calls.
///
/// @param authorities of the servers; empty for connections without TLS
/// @param pair certificate and key of the client
record Security(
        Optional<Path> authorities, Optional<KeyFiles> pair, Optional<Supplier<String>> token) {
    /// Nothing is encrypted, and the client is nobody.
    static final Security NONE = new Security(Optional.empty(), Optional.empty(), Optional.empty());

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /// A certificate and its key, in PEM.
    record KeyFiles(Path certificate, Path key) {}

    Security trusting(Path newAuthorities) {
        return new Security(Optional.of(newAuthorities), pair, token);
    }

    Security certified(Path certificate, Path key) {
        return new Security(authorities, Optional.of(new KeyFiles(certificate, key)), token);
    }

    Security withToken(Supplier<String> newToken) {
        return new Security(authorities, pair, Optional.of(newToken));
    }

    /// Refuses to say who the client is to whoever listens.
    Security checked() {
        if (authorities.isEmpty() && (pair.isPresent() || token.isPresent())) {
            throw new IllegalArgumentException(
                    "a token or a certificate was given, but no authorities of the servers: set"
                            + " tls as well, so that nobody else gets to know it");
        }
        return this;
    }

    /// Reads the files.
    ///
    /// @param timer to look for changed ones
    /// @throws IllegalArgumentException if one cannot be used
    Channels open(ScheduledExecutorService timer) {
        Optional<SslContext> context = authorities.map(file -> context(file, timer));
        return new Channels(context, token.map(Bearer::new));
    }

    private SslContext context(Path file, ScheduledExecutorService timer) {
        SslContextBuilder builder = SslContextBuilder.forClient().protocols(PROTOCOLS);
        try (var in = Files.newInputStream(file)) {
            builder.trustManager(in);
            pair.ifPresent(files -> builder.keyManager(keys(files, timer)));
            return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "certificates of authorities in PEM were expected in " + file + ": " + e, e);
        }
    }

    private static AdvancedTlsX509KeyManager keys(KeyFiles files, ScheduledExecutorService timer) {
        AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
        try {
            keys.updateIdentityCredentials(
                    files.certificate().toFile(),
                    files.key().toFile(),
                    StaddleClient.Builder.RELOAD.toMillis(),
                    TimeUnit.MILLISECONDS,
                    timer);
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "a certificate and its key in PEM were expected in "
                            + files.certificate()
                            + " and "
                            + files.key()
                            + ": "
                            + e,
                    e);
        }
    }

    /// Makes channels that are protected so.
    record Channels(Optional<SslContext> context, Optional<Bearer> bearer) {
        NettyChannelBuilder secure(NettyChannelBuilder channel) {
            bearer.ifPresent(channel::intercept);
            return context.map(channel::sslContext).orElseGet(channel::usePlaintext);
        }
    }

    /// Sends the token with each call.
    record Bearer(Supplier<String> token) implements ClientInterceptor {
        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(
                MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    headers.put(AUTHORIZATION, "Bearer " + token.get());
                    super.start(listener, headers);
                }
            };
        }
    }
}
