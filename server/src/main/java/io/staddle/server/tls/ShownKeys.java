package io.staddle.server.tls;

import org.jspecify.annotations.Nullable;

import java.io.Serial;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/// The certificates that a server shows: one to clients, another one to whoever asks for it by the
/// name [#PEER_HOST].
///
/// So servers check each other by their own authority on the port for clients, too.
final class ShownKeys extends X509ExtendedKeyManager {
    /// The name that servers ask each other for. Nobody resolves it.
    static final String PEER_HOST = "peer.staddle.internal";

    /// Other kinds are names that a library has for the same.
    private static final Set<String> ALGORITHMS = Set.of("RSA", "EC", "DSA", "EdDSA", "RSASSA-PSS");

    private static final String CLIENTS = "clients";
    private static final String PEERS = "peers";

    private final Function<String, KeyPair> pairs;
    private final Function<Optional<String>, String> choice;

    private ShownKeys(Function<String, KeyPair> pairs, Function<Optional<String>, String> choice) {
        this.pairs = pairs;
        this.choice = choice;
    }

    /// Shows `peers` to whoever asks for [#PEER_HOST], and `clients` to all others.
    static ShownKeys ofApi(Watched<KeyPair> clients, Watched<KeyPair> peers) {
        return new ShownKeys(
                name -> name.equals(PEERS) ? peers.get() : clients.get(),
                asked -> asked.equals(Optional.of(PEER_HOST)) ? PEERS : CLIENTS);
    }

    /// Shows one to everybody.
    static ShownKeys of(Watched<KeyPair> only) {
        return new ShownKeys(_ -> only.get(), _ -> PEERS);
    }

    /// Returns a factory that makes nothing but this, for who takes nothing else.
    KeyManagerFactory factory() {
        return new Factory(this);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return fitting(choice.apply(asked(engine)), keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return fitting(PEERS, keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return fitting(CLIENTS, keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return fitting(PEERS, keyTypes);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {CLIENTS, PEERS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {PEERS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return pairs.apply(alias).chainArray();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return pairs.apply(alias).key();
    }

    /// Returns the alias if its key is of one of the kinds that the other side can check.
    private @Nullable String fitting(String alias, String... keyTypes) {
        String algorithm = getPrivateKey(alias).getAlgorithm();
        for (String type : keyTypes) {
            if (type.equals(algorithm) || !ALGORITHMS.contains(type)) {
                return alias;
            }
        }
        return null;
    }

    private static Optional<String> asked(SSLEngine engine) {
        if (!(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
            return Optional.empty();
        }
        for (SNIServerName name : session.getRequestedServerNames()) {
            if (name instanceof SNIHostName host) {
                return Optional.of(host.getAsciiName());
            }
        }
        return Optional.empty();
    }

    private static final class Factory extends KeyManagerFactory {
        Factory(KeyManager only) {
            super(new Spi(only), new NoProvider(), "staddle");
        }
    }

    private static final class NoProvider extends Provider {
        @Serial private static final long serialVersionUID = 1;

        NoProvider() {
            super("staddle", "1", "none");
        }
    }

    private static final class Spi extends KeyManagerFactorySpi {
        private final KeyManager only;

        Spi(KeyManager only) {
            this.only = only;
        }

        @Override
        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

        @Override
        protected void engineInit(@Nullable ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return List.of(only).toArray(KeyManager[]::new);
        }
    }
}
