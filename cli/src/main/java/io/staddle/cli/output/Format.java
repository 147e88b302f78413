package io.staddle.cli.output;

/// What an answer is written as.
public enum Format {
    /// Aligned columns, for people.
    TABLE,
    /// One document with the names of the API's JSON, for scripts.
    JSON,
    /// The same document as YAML.
    YAML
}
