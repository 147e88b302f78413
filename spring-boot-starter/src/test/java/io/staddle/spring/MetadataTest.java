package io.staddle.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What editors know of `staddle.*`, and `docs/spring-boot.md`.
final class MetadataTest {
    @Test
    void eachPropertyHasADescriptionAndARowInTheDocuments() throws IOException {
        String page = Files.readString(Path.of("../docs/spring-boot.md"));
        Map<String, String> properties = properties();
        assertThat(properties)
                .containsOnlyKeys(
                        "staddle.actor",
                        "staddle.calls-max",
                        "staddle.deadline",
                        "staddle.enabled",
                        "staddle.endpoints",
                        "staddle.health.deadline");
        properties.forEach((name, description) -> {
            assertThat(description).as(name).endsWith(".");
            assertThat(page).contains("\n| `" + name + "` |");
        });
    }

    private static Map<String, String> properties() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        try (InputStream in =
                Objects.requireNonNull(
                        MetadataTest.class.getResourceAsStream(
                                "/META-INF/spring-configuration-metadata.json"))) {
            JsonObject all =
                    JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .getAsJsonObject();
            for (JsonElement each : all.getAsJsonArray("properties")) {
                JsonObject property = each.getAsJsonObject();
                JsonElement description = property.get("description");
                properties.put(
                        property.get("name").getAsString(),
                        description == null ? "" : description.getAsString());
            }
        }
        return properties;
    }
}
