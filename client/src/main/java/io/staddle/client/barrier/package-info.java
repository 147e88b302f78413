/// Barriers as a coordinator and as a participant see them.
@NullMarked
package io.staddle.client.barrier;

import org.jspecify.annotations.NullMarked;
