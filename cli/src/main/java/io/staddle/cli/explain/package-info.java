/// Verbs that say why something is as it is, and what would change it.
@NullMarked
package io.staddle.cli.explain;

import org.jspecify.annotations.NullMarked;
