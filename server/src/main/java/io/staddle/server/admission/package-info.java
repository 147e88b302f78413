/// Keeps a server out that lost its disk: its vote may have been given already.
@NullMarked
package io.staddle.server.admission;

import org.jspecify.annotations.NullMarked;
