/// Three servers on this machine, to try things out.
@NullMarked
package io.staddle.cli.dev;

import org.jspecify.annotations.NullMarked;
