/// What every verb has: the streams, the global options, a client, exit codes.
@NullMarked
package io.staddle.cli.shell;

import org.jspecify.annotations.NullMarked;
