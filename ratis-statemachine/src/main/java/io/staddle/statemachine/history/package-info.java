/// The events, in order.
@NullMarked
package io.staddle.statemachine.history;

import org.jspecify.annotations.NullMarked;
