package io.staddle.cli.certs;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The few values of DER (ITU-T X.690) that a certificate is made of.
final class Der {
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int UTC_TIME = 0x17;
    private static final Instant GENERALIZED_FROM = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    /// Returns a value: its tag, its length, its parts one after the other.
    static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        writeLength(body.size(), value);
        value.writeBytes(body.toByteArray());
        return value.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return of(SEQUENCE, parts);
    }

    static byte[] integer(BigInteger value) {
        return of(INTEGER, value.toByteArray());
    }

    static byte[] yes() {
        return of(BOOLEAN, new byte[] {(byte) 0xff});
    }

    static byte[] octets(byte[] value) {
        return of(OCTET_STRING, value);
    }

    /// @param unused how many bits at the end do not count
    static byte[] bits(int unused, byte[] value) {
        return of(BIT_STRING, new byte[] {(byte) unused}, value);
    }

    static byte[] text(String value) {
        return of(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
    }

    /// @param dotted such as `2.5.4.3`
    static byte[] identifier(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            writeArc(Integer.parseInt(arcs[i]), body);
        }
        return of(OBJECT_IDENTIFIER, body.toByteArray());
    }

    /// To the second, as certificates have it: two digits for the year until 2049.
    static byte[] time(Instant time) {
        boolean isLong = !time.isBefore(GENERALIZED_FROM);
        String pattern = (isLong ? "yyyy" : "yy") + "MMddHHmmss'Z'";
        String text =
                DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                        .withZone(ZoneOffset.UTC)
                        .format(time);
        int tag = isLong ? GENERALIZED_TIME : UTC_TIME;
        return of(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void writeLength(int length, ByteArrayOutputStream to) {
        if (length < 0x80) {
            to.write(length);
            return;
        }
        byte[] big = BigInteger.valueOf(length).toByteArray();
        int leading = big[0] == 0 ? 1 : 0;
        to.write(0x80 | (big.length - leading));
        to.write(big, leading, big.length - leading);
    }

    /// Seven bits a byte, the highest first; all but the last have their top bit set.
    private static void writeArc(int arc, ByteArrayOutputStream to) {
        int groups = 1;
        while (groups < 5 && arc >>> (7 * groups) != 0) {
            groups++;
        }
        for (int i = groups - 1; i >= 0; i--) {
            to.write((arc >>> (7 * i) & 0x7f) | (i > 0 ? 0x80 : 0));
        }
    }
}
