/// Watches the server itself: ready, stuck, counted.
@NullMarked
package io.staddle.server.watch;

import org.jspecify.annotations.NullMarked;
