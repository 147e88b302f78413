package io.staddle.api.codec;

import java.util.stream.Stream;

/// Constants of enums that are called the same on the wire, but for a prefix.
final class Constants {
    private Constants() {}

    /// Returns the constant of `type` that is called as `from` is behind `prefix`.
    static <E extends Enum<E>> E decode(Class<E> type, String prefix, Enum<?> from) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> from.name().equals(prefix + each.name()))
                .findFirst()
                .orElseThrow(() ->
                        Malformed.of(type.getSimpleName(), "a known one", "none or a newer one"));
    }
}
