package io.staddle.cli.access;

import io.staddle.api.model.Role;

import picocli.CommandLine.Option;

import java.util.List;

/// Which roles are meant. A mixin of the verbs that give some, or take them away.
final class RoleOption {
    @Option(
            names = "--role",
            paramLabel = "ROLE,...",
            split = ",",
            required = true,
            description = "reader, owner:CLUSTER, operator or admin.")
    private List<Role> roles = List.of();

    List<Role> roles() {
        return roles;
    }
}
