package io.staddle.server.console;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

import java.util.Optional;

/// JSON of the console, written as the API writes it.
final class Json {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().omittingInsignificantWhitespace();

    private Json() {}

    /// Returns a message in one line.
    static String line(MessageOrBuilder message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException unknownType) {
            throw new IllegalArgumentException("no message of ours has an Any", unknownType);
        }
    }

    /// Returns an object of JSON; empty if it is none.
    static Optional<Struct> object(String json) {
        Struct.Builder object = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json, object);
            return Optional.of(object.build());
        } catch (InvalidProtocolBufferException noJson) {
            return Optional.empty();
        }
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    /// Says why something is not answered, in the field in which the API says it, too.
    static HttpResponse problem(HttpStatus status, String message) {
        return answer(status, Struct.newBuilder().putFields("message", text(message)).build());
    }

    static HttpResponse answer(HttpStatus status, Struct body) {
        ResponseHeaders headers =
                ResponseHeaders.builder(status)
                        .contentType(MediaType.JSON_UTF_8)
                        .add(Shield.HEADERS)
                        .build();
        return HttpResponse.of(headers, HttpData.ofUtf8(line(body)));
    }
}
