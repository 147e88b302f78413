package io.staddle.storage;

/// The value of every row of an index table, where only the keys say something.
public enum Present {
    /// The row is there.
    PRESENT;

    private static final byte[] NOTHING = {};

    static final Codec<Present> CODEC =
            new Codec<>() {
                @Override
                public byte[] encode(Present value) {
                    return NOTHING;
                }

                @Override
                public Present decode(byte[] bytes) {
                    if (bytes.length != 0) {
                        throw new CorruptDataException(
                                "expected no value, found " + Bytes.show(bytes));
                    }
                    return PRESENT;
                }
            };
}
