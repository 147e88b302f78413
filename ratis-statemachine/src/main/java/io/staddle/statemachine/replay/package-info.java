/// Writes that a cluster missed, in order, until it has applied them.
@NullMarked
package io.staddle.statemachine.replay;

import org.jspecify.annotations.NullMarked;
