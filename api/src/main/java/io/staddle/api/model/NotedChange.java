package io.staddle.api.model;

import io.staddle.api.id.ServerId;

/// What became of one server in the quorum, as history tells it.
public record NotedChange(ServerId server, MemberChangeKind kind) {}
