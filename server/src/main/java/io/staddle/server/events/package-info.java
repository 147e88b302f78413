/// Those who watch: what happened reaches them from a hub, or from history if they are behind.
@NullMarked
package io.staddle.server.events;

import org.jspecify.annotations.NullMarked;
