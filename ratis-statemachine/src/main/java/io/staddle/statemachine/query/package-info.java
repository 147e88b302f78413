/// Questions that change nothing.
@NullMarked
package io.staddle.statemachine.query;

import org.jspecify.annotations.NullMarked;
