/// Barriers: two-phase checkpoints of the participants of a scope.
@NullMarked
package io.staddle.statemachine.barrier;

import org.jspecify.annotations.NullMarked;
