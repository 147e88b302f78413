/// Backups: the state as one file, and a new deployment made of one.
@NullMarked
package io.staddle.server.backup;

import org.jspecify.annotations.NullMarked;
