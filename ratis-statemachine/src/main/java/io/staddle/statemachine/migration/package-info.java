/// Migrations of vShards between nodes, step by step, and the ghosts that they leave behind.
@NullMarked
package io.staddle.statemachine.migration;

import org.jspecify.annotations.NullMarked;
