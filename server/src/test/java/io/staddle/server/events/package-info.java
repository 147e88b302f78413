/// Tests of those who watch.
@NullMarked
package io.staddle.server.events;

import org.jspecify.annotations.NullMarked;
