/// Verbs about moves of whole clusters.
@NullMarked
package io.staddle.cli.failover;

import org.jspecify.annotations.NullMarked;
