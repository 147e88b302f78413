/// The test kit: clusters of real server processes, and what can be done to them.
@NullMarked
package io.staddle.it.kit;

import org.jspecify.annotations.NullMarked;
