package io.staddle.server.tls;

import io.staddle.api.id.ServerId;

import java.nio.file.Path;
import java.util.Map;

/// Where the certificates are, and which servers they must name.
///
/// @param certificate key `tls.certificate`: what clients are shown, with what leads to its
///     authority; PEM
/// @param key key `tls.key`: its private key; PKCS#8 in PEM, not readable by others
/// @param clientCa key `tls.client-ca`: who signs the certificates of clients
/// @param clientAuth key `tls.client-auth`: whether clients must show one; default optional
/// @param peerCertificate key `tls.peer-certificate`: what the other servers are shown
/// @param peerKey key `tls.peer-key`: its private key
/// @param peerCa key `tls.peer-ca`: who signs the certificates of servers, and nothing else
/// @param deployment the name that those certificates must contain
/// @param members the servers, by `HOST:PORT` of each port of theirs
public record TlsSettings(
        Path certificate,
        Path key,
        Path clientCa,
        ClientAuth clientAuth,
        Path peerCertificate,
        Path peerKey,
        Path peerCa,
        String deployment,
        Map<String, ServerId> members) {
    /// Copies the map.
    public TlsSettings {
        members = Map.copyOf(members);
    }

    /// Whether clients must show a certificate.
    public enum ClientAuth {
        /// None is taken but those of servers; tokens only.
        NONE,
        /// Whoever shows one must show a right one.
        OPTIONAL,
        /// Nobody is connected without, not even probes of health.
        REQUIRED
    }
}
