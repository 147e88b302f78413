package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.id.MalformedException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    @Test
    void aListIsReadInItsOrderAndEachOnce() {
        assertThat(Endpoint.parseList("a:1, [::1]:2 ,a:1,b:3,"))
                .containsExactly(
                        new Endpoint("a", 1), new Endpoint("::1", 2), new Endpoint("b", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:7400", "10.0.0.1:1", "[fe80::1]:65535"})
    void itIsWrittenAsItIsRead(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "host", "host:", ":7400", "host:0", "host:65536", "::1:80"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Endpoint.parseList(text)).isInstanceOf(MalformedException.class);
    }
}
