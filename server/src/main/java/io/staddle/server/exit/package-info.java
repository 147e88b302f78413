/// How the process ends, and what its exit code says.
@NullMarked
package io.staddle.server.exit;

import org.jspecify.annotations.NullMarked;
