/// What the build checks about the code itself: who may see whom, and how it reads.
@NullMarked
package io.staddle.it.checks;

import org.jspecify.annotations.NullMarked;
