/// Tests of what the leader knows of who is alive.
@NullMarked
package io.staddle.server.liveness;

import org.jspecify.annotations.NullMarked;
