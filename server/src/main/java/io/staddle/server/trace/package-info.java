/// Spans of commands, from the call that brings one to its application; nothing unless switched on.
@NullMarked
package io.staddle.server.trace;

import org.jspecify.annotations.NullMarked;
