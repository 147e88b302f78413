/// Who may do what.
@NullMarked
package io.staddle.statemachine.access;

import org.jspecify.annotations.NullMarked;
