/// The verbs of backups.
@NullMarked
package io.staddle.cli.backup;

import org.jspecify.annotations.NullMarked;
