/// One server's seat in the quorum.
@NullMarked
package io.staddle.server.raft;

import org.jspecify.annotations.NullMarked;
