/// What rules get and what they say.
@NullMarked
package io.staddle.statemachine.decision;

import org.jspecify.annotations.NullMarked;
