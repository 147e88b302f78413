package io.staddle.api.event;

/// What happened: the outcome of an accepted command, as it is recorded in tables and in history.
public sealed interface Event permits DirectoryEvent, ClusterEvent, AdminEvent {}
