/// What the leader does by itself: it looks at the state and proposes commands.
@NullMarked
package io.staddle.server.task;

import org.jspecify.annotations.NullMarked;
