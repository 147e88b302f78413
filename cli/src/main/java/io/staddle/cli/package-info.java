/// The admin CLI: `staddle <topic> <verb>`.
@NullMarked
package io.staddle.cli;

import org.jspecify.annotations.NullMarked;
