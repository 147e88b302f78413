package io.staddle.server.raft;

/// The digest that a server had after an entry.
public record DigestMark(long index, String digest) {}
