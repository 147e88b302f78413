package io.staddle.api.model;

/// What a failover did beside moving holdings.
///
/// @param incarnation the incarnation of the cluster at that time
public record Demotion(FailoverCause cause, RoleMove role, long incarnation) {}
