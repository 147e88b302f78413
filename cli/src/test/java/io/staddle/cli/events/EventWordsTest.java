package io.staddle.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import org.junit.jupiter.api.Test;

final class EventWordsTest {
    @Test
    void ofBytesOnlyTheSizeIsToldWhichIsTheSameEachTime() {
        assertThat(EventWords.words(ByteString.copyFromUtf8("checkpoint"))).isEqualTo("<10 B>");
    }
}
