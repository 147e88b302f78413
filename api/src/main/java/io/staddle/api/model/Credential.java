package io.staddle.api.model;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// How an identity is known.
public sealed interface Credential {
    /// By a secret that only its holder has. What is kept of it does not give it away.
    ///
    /// @param sha256 of the secret, 64 hexadecimal digits in lower case
    record Token(String sha256) implements Credential {
        private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

        /// Refuses what is no such hash.
        ///
        /// @throws MalformedException if it is none
        public Token {
            if (!DIGITS.matcher(sha256).matches()) {
                throw new MalformedException(
                        new Expectation("token hash", "64 hexadecimal digits", sha256));
            }
        }

        /// It is not for logs.
        @Override
        public String toString() {
            return "Token[hashed]";
        }

        /// Returns what is kept of a secret.
        public static Token of(String secret) {
            try {
                byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Token(HexFormat.of().formatHex(hash));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible); // each JDK has it
            }
        }
    }

    /// By a certificate of the clients' authority with the identity's name as common name.
    record Certificate() implements Credential {}
}
