package io.staddle.it.checks;

import io.staddle.it.kit.Distribution;

import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A YAML document that is shipped for Kubernetes, or a part of one.
public final class Manifest {
    private static final Path FOLDER = Distribution.root().resolve("deploy/kubernetes");

    private final String place;
    private final Object value;

    private Manifest(String place, Object value) {
        this.place = place;
        this.value = value;
    }

    /// Returns the documents of a file.
    public static List<Manifest> all(String name) {
        List<Manifest> documents = new ArrayList<>();
        for (Object each : new Yaml().loadAll(read(name))) {
            documents.add(new Manifest(name, each));
        }
        return documents;
    }

    /// Returns the only document of a file.
    public static Manifest of(String name) {
        return all(name).getFirst();
    }

    /// Returns where a file is.
    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    /// Returns what is below these keys.
    public Manifest at(String... keys) {
        Manifest here = this;
        for (String key : keys) {
            here = here.below(key);
        }
        return here;
    }

    /// Returns the members of a list.
    public List<Manifest> list() {
        List<Manifest> members = new ArrayList<>();
        for (Object each : (List<?>) value) {
            members.add(new Manifest(place + "[" + members.size() + "]", each));
        }
        return members;
    }

    /// Returns the member of a list that has this name.
    public Manifest named(String name) {
        return list().stream()
                .filter(each -> each.at("name").text().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(place + " has nothing named " + name));
    }

    /// Returns a value as text.
    public String text() {
        return value.toString();
    }

    /// Returns the keys of a map.
    TreeSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        ((Map<?, ?>) value).keySet().forEach(key -> keys.add(key.toString()));
        return keys;
    }

    private Manifest below(String key) {
        Object next = value instanceof Map<?, ?> map ? map.get(key) : null;
        if (next == null) {
            throw new AssertionError(place + " has no " + key);
        }
        return new Manifest(place + "." + key, next);
    }

    private static String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return place + ": " + value;
    }
}
