/// Verbs about clusters.
@NullMarked
package io.staddle.cli.cluster;

import org.jspecify.annotations.NullMarked;
