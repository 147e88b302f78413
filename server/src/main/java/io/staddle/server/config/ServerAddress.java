package io.staddle.server.config;

import io.staddle.api.id.ServerId;

/// A server of the deployment, as all servers and their clients reach it.
///
/// @param api where clients call it
/// @param raft where the other servers call it
public record ServerAddress(ServerId id, HostPort api, HostPort raft) {}
