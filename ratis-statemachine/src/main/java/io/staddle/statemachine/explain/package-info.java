/// Why things are as they are, and what would change them.
@NullMarked
package io.staddle.statemachine.explain;

import org.jspecify.annotations.NullMarked;
