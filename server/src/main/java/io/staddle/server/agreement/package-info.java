/// Whether the servers' states are equal.
@NullMarked
package io.staddle.server.agreement;

import org.jspecify.annotations.NullMarked;
