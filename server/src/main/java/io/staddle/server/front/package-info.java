/// Gathers what callers want at the same time into few log entries and few rounds.
@NullMarked
package io.staddle.server.front;

import org.jspecify.annotations.NullMarked;
