/// What the leader knows of who is alive, and never writes down.
@NullMarked
package io.staddle.server.liveness;

import org.jspecify.annotations.NullMarked;
