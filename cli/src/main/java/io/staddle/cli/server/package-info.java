/// Verbs about the servers of Staddle itself.
@NullMarked
package io.staddle.cli.server;

import org.jspecify.annotations.NullMarked;
