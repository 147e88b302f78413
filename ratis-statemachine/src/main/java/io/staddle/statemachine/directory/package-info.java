/// Grains and where they may be.
@NullMarked
package io.staddle.statemachine.directory;

import org.jspecify.annotations.NullMarked;
