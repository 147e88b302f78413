/// Who calls, and what they may do.
@NullMarked
package io.staddle.server.access;

import org.jspecify.annotations.NullMarked;
