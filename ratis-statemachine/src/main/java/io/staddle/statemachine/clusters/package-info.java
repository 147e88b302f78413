/// Clusters and the moves between them.
@NullMarked
package io.staddle.statemachine.clusters;

import org.jspecify.annotations.NullMarked;
