/// Verbs about grains.
@NullMarked
package io.staddle.cli.grain;

import org.jspecify.annotations.NullMarked;
