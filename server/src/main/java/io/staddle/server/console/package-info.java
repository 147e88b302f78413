/// The web console: its files, what they ask this server, and the stream that keeps them live.
@NullMarked
package io.staddle.server.console;

import org.jspecify.annotations.NullMarked;
