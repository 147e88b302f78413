/// The tables and their rows, and what follows from them.
@NullMarked
package io.staddle.statemachine.state;

import org.jspecify.annotations.NullMarked;
