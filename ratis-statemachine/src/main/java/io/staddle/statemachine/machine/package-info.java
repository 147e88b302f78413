/// One entry after another, from commands to tables.
@NullMarked
package io.staddle.statemachine.machine;

import org.jspecify.annotations.NullMarked;
