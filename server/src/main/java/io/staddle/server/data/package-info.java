/// The data directory: whose it is, and that one process has it.
@NullMarked
package io.staddle.server.data;

import org.jspecify.annotations.NullMarked;
