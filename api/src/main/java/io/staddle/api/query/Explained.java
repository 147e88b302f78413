package io.staddle.api.query;

/// Something with the reasons why it is as it is.
public record Explained<T>(T value, Explanation explanation) {}
