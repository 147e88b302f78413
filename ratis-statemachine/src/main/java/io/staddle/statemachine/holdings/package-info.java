/// How holdings change their owner: who takes over, and what moves.
@NullMarked
package io.staddle.statemachine.holdings;

import org.jspecify.annotations.NullMarked;
