/// Calls from server to server, beside those of Raft.
@NullMarked
package io.staddle.server.peer;

import org.jspecify.annotations.NullMarked;
